// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.registration;

import io.sonde.agent.http.HttpResponse;
import io.sonde.health.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key of etcd (3.4 and later, JSON gateway) under a lease, which is kept alive three times in its
 * time to live and revoked at the end.
 *
 * <pre>
 *  /services/orders/host1 = {"name":"orders","instance":"host1","address":"10.0.0.7","port":8080,
 *                            "health":"http://10.0.0.7:7633/health","version":"2.4.1"}
 * </pre>
 */
final class EtcdRegistry implements Registry {

  /**
   * 64-bit numbers are strings in etcd's JSON. A lease that has ended is answered without a TTL.
   */
  private static final Pattern LEASE = Pattern.compile("\"ID\":\"(-?\\d+)\"");

  private static final Pattern TTL = Pattern.compile("\"TTL\":\"([1-9]\\d*)\"");
  private static final Pattern COUNT = Pattern.compile("\"count\":\"([1-9]\\d*)\"");
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"\\\\]+)\"");

  private static final int RENEWALS_IN_TTL = 3;

  private final EtcdConfig config;
  private final RestClient client;
  private final String key;

  /** Of a session; null: none, or none yet. */
  private @Nullable String token;

  private @Nullable String lease;
  private long dueNanos;

  EtcdRegistry(EtcdConfig config) {
    this.config = config;
    this.client = new RestClient(config.endpoint, config.caFile);
    this.key = Base64.getEncoder().encodeToString(config.key().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String name() {
    return "etcd";
  }

  @Override
  public String address() {
    return config.endpoint.toString();
  }

  @Override
  public String registered() {
    return "registered " + config.key() + " at " + config.endpoint;
  }

  @Override
  public void register() throws IOException {
    authenticate();
    String kept = lease;
    try {
      put(kept == null ? grant() : kept);
    } catch (RefusedException e) {
      lease = null;
      if (kept == null) {
        throw e;
      }
      // It may have ended with the key.
      authenticate();
      put(grant());
    }
    due();
  }

  @Override
  public @Nullable String renew() throws IOException {
    if (System.nanoTime() - dueNanos < 0) {
      return null;
    }
    authenticate();
    if (find(TTL, post("/v3/lease/keepalive", Collections.singletonMap("ID", lease))) == null) {
      lease = null;
      return "the lease of " + config.key() + " was lost";
    }
    Map<String, Object> range = new LinkedHashMap<>();
    range.put("key", key);
    range.put("count_only", true);
    if (find(COUNT, post("/v3/kv/range", range)) == null) {
      return config.key() + " was deleted";
    }
    due();
    return null;
  }

  @Override
  public void deregister() throws IOException {
    String granted = lease;
    if (granted != null) {
      post("/v3/lease/revoke", Collections.singletonMap("ID", granted));
      lease = null;
    }
  }

  @Override
  public String otherwise() {
    return "its lease ends after " + config.ttl.getSeconds() + "s";
  }

  @Override
  public void abort() {
    client.abort();
  }

  /** Kept when the next request is lost: each try would else leave one behind. */
  private String grant() throws IOException {
    String answer =
        post("/v3/lease/grant", Collections.singletonMap("TTL", config.ttl.getSeconds()));
    String granted = find(LEASE, answer);
    if (granted == null) {
      throw new RefusedException("no lease in the answer");
    }
    lease = granted;
    return granted;
  }

  private void put(String under) throws IOException {
    Map<String, Object> put = new LinkedHashMap<>();
    put.put("key", key);
    put.put("value", Base64.getEncoder().encodeToString(Json.bytes(value())));
    put.put("lease", under);
    post("/v3/kv/put", put);
  }

  private void authenticate() throws IOException {
    if (config.user == null || token != null) {
      return;
    }
    Map<String, Object> login = new LinkedHashMap<>();
    login.put("name", config.user);
    login.put("password", config.password == null ? "" : config.password);
    token = find(TOKEN, post("/v3/auth/authenticate", login));
    if (token == null) {
      throw new RefusedException("no token in the answer");
    }
  }

  private Map<String, Object> value() throws IOException {
    String own =
        config.serviceAddress != null ? config.serviceAddress : config.endpoint.ownAddress();
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("name", config.identity.name());
    value.put("instance", config.identity.instance());
    value.put("address", own);
    int port = config.servicePort.getAsInt();
    if (port != 0) {
      value.put("port", port);
    }
    if (config.healthPort != 0) {
      String host = HealthUrl.isEverywhere(config.healthHost) ? own : config.healthHost;
      value.put("health", HealthUrl.of(host, config.healthPort, ""));
    }
    if (config.identity.version() != null) {
      value.put("version", config.identity.version());
    }
    return value;
  }

  private void due() {
    dueNanos = System.nanoTime() + config.ttl.toNanos() / RENEWALS_IN_TTL;
  }

  private String post(String path, Map<String, ?> body) throws IOException {
    HttpResponse answer = client.send("POST", path, "Authorization", token, body);
    if (!answer.ok()) {
      // It may have ended; the next try asks for another.
      token = null;
      boolean unknown = config.user == null && answer.text().contains("user name is empty");
      throw new RefusedException(
          answer.describe() + (unknown ? ": set etcd.user and etcd.password" : ""));
    }
    return answer.text();
  }

  private static @Nullable String find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : null;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.registration;

import static io.sonde.agent.registration.RestClient.encoded;

import io.sonde.agent.http.Endpoint;
import io.sonde.agent.http.HttpResponse;
import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.Secret;
import io.sonde.health.Health;
import io.sonde.health.HealthReport;
import io.sonde.health.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service of a Consul agent, with one check: polled by Consul (HTTP) or, where Consul does not
 * reach {@code /health}, told by Sonde (TTL).
 *
 * <p>A maintenance that somebody has set is never cleared: a registration that replaces the
 * existing checks would do that, since to Consul maintenance is a check (seen on 1.8.7).
 */
final class ConsulRegistry implements Registry {

  /** A TTL check is told three times before Consul gives it up. */
  private static final int TTL_IN_INTERVALS = 3;

  /** Known from 1.11 on; others refuse the whole registration for it (seen on 1.8.7). */
  private static final String WARNING_THRESHOLD = "FailuresBeforeWarning";

  private final ConsulConfig config;
  private final Health health;
  private final RestClient client;
  private final Secret token;
  private final String id;

  private boolean knowsWarningThreshold = true;
  private boolean ttl;
  private String described = "";
  private @Nullable Status pushed;
  private long dueNanos;

  ConsulRegistry(ConsulConfig config, Health health) {
    this.config = config;
    this.health = health;
    this.client = new RestClient(config.endpoint, config.caFile);
    this.token = new Secret("consul.token-file", config.token, config.tokenFile);
    this.id = config.serviceId();
  }

  @Override
  public String name() {
    return "consul";
  }

  @Override
  public String address() {
    return config.endpoint.toString();
  }

  @Override
  public String registered() {
    return described;
  }

  @Override
  public void register() throws IOException {
    token.changed();
    boolean local = config.endpoint.isLoopback();
    @Nullable String polled = polledHost(local);
    ttl = polled == null;
    // Without the first question nobody's maintenance would survive a restart of this JVM.
    String keepMaintenance = inMaintenance() ? "" : "replace-existing-checks=true";
    HttpResponse answer = put(service("register", keepMaintenance), definition(local, polled));
    if (answer.status() == 400 && answer.text().contains(WARNING_THRESHOLD)) {
      AgentLog.warn(
          "consul.failures-before-warning: not known to this Consul (1.11 and later); left out");
      knowsWarningThreshold = false;
      answer = put(service("register", keepMaintenance), definition(local, polled));
    }
    require(answer);
    if (config.maintenance) {
      require(
          put(
              service("maintenance/" + encoded(id), "enable=true&reason=consul.maintenance"),
              null));
    }
    described =
        "registered "
            + id
            + " at "
            + config.endpoint
            + (ttl ? ", told every " : ", polled every ")
            + text(config.interval)
            + (config.maintenance ? ", in maintenance" : "");
    due();
    pushed = null;
    if (ttl) {
      push(health.report());
    }
  }

  @Override
  public @Nullable String renew() throws IOException {
    if (token.changed()) {
      return "the token changed";
    }
    boolean due = System.nanoTime() - dueNanos >= 0;
    if (due) {
      HttpResponse answer = send("GET", service(encoded(id), ""), null);
      if (answer.status() == 404) {
        return "Consul had forgotten " + id;
      }
      require(answer);
    }
    if (ttl) {
      HealthReport report = health.report();
      if ((due || report.status() != pushed) && !push(report)) {
        return "Consul had forgotten the check of " + id;
      }
    }
    if (due) {
      due();
    }
    return null;
  }

  @Override
  public boolean changed() {
    return token.changed();
  }

  @Override
  public void deregister() throws IOException {
    HttpResponse answer = put(service("deregister/" + encoded(id), ""), null);
    if (answer.status() != 404) {
      require(answer);
    }
  }

  @Override
  public String otherwise() {
    return "Consul removes it after " + text(config.deregisterAfter) + " in critical";
  }

  @Override
  public void abort() {
    client.abort();
  }

  /** Where Consul finds {@code /health}; null where it does not, or shall not look. */
  @Nullable String polledHost(boolean local) throws IOException {
    if (config.check == ConsulConfig.Check.TTL || config.healthPort == 0) {
      return null;
    }
    if (HealthUrl.isEverywhere(config.healthHost)) {
      return local ? "127.0.0.1" : config.endpoint.ownAddress();
    }
    if (local || !Endpoint.isLoopback(config.healthHost)) {
      return config.healthHost;
    }
    if (config.check == ConsulConfig.Check.AUTO) {
      return null;
    }
    AgentLog.once(
        "consul.check",
        "consul.check=http: Consul at "
            + config.endpoint
            + " may not reach "
            + config.healthHost
            + "; set health.host to an address that it reaches, or consul.check=ttl");
    return config.healthHost;
  }

  private boolean inMaintenance() throws IOException {
    String path = path("/v1/agent/health/service/id/" + encoded(id), "format=text");
    HttpResponse answer = send("GET", path, null);
    return answer.status() == 503 && answer.text().startsWith("maintenance");
  }

  private Map<String, Object> definition(boolean local, @Nullable String polled)
      throws IOException {
    Map<String, Object> service = new LinkedHashMap<>();
    service.put("ID", id);
    service.put("Name", config.identity.name());
    String address = config.serviceAddress;
    if (address != null || !local) {
      // Without an address Consul gives its own, which is right when it is on this host.
      service.put("Address", address != null ? address : config.endpoint.ownAddress());
    }
    int port = config.servicePort.getAsInt();
    if (port != 0) {
      service.put("Port", port);
    }
    service.put("Tags", config.tags);
    service.put("Meta", meta());
    Map<String, Object> weights = new LinkedHashMap<>();
    weights.put("Passing", config.weightPassing);
    weights.put("Warning", config.weightWarning);
    service.put("Weights", weights);
    service.put("Check", check(polled));
    return service;
  }

  private Map<String, String> meta() {
    Map<String, String> meta = new LinkedHashMap<>();
    putKnown(meta, "version", config.identity.version());
    putKnown(meta, "environment", config.identity.environment());
    putKnown(meta, "sonde", config.sondeVersion);
    meta.putAll(config.meta);
    return meta;
  }

  private static void putKnown(Map<String, String> meta, String key, @Nullable String value) {
    if (value != null) {
      meta.put(key, value);
    }
  }

  private Map<String, Object> check(@Nullable String polled) {
    Map<String, Object> check = new LinkedHashMap<>();
    check.put("CheckID", config.checkId());
    check.put("Name", "sonde health");
    if (polled == null) {
      check.put("TTL", text(config.interval.multipliedBy(TTL_IN_INTERVALS)));
    } else {
      // With the name: another service may listen there one day.
      String query = "?view=brief&service=" + encoded(config.identity.name());
      check.put("HTTP", HealthUrl.of(polled, config.healthPort, query));
      check.put("Method", "GET");
      check.put("Header", headers());
      check.put("Interval", text(config.interval));
      check.put("Timeout", text(config.timeout));
      check.put("TLSSkipVerify", false);
    }
    // As of now, rather than critical until the first poll.
    check.put("Status", consulStatus(health.report().status()));
    check.put("SuccessBeforePassing", config.successBeforePassing);
    if (config.failuresBeforeWarning > 0 && knowsWarningThreshold) {
      check.put(WARNING_THRESHOLD, config.failuresBeforeWarning);
    }
    check.put("FailuresBeforeCritical", config.failuresBeforeCritical);
    check.put("DeregisterCriticalServiceAfter", text(config.deregisterAfter));
    return check;
  }

  private Map<String, Object> headers() {
    Map<String, Object> headers = new LinkedHashMap<>();
    config.checkHeaders.forEach((name, value) -> headers.put(name, Collections.singleton(value)));
    return headers;
  }

  /** False: Consul knows no such check, which 1.8.7 tells with a 500. */
  private boolean push(HealthReport report) throws IOException {
    Map<String, Object> update = new LinkedHashMap<>();
    update.put("Status", consulStatus(report.status()));
    update.put("Output", report.brief());
    HttpResponse answer =
        put(path("/v1/agent/check/update/" + encoded(config.checkId()), ""), update);
    if (answer.status() == 404 || answer.text().contains("does not have associated TTL")) {
      return false;
    }
    require(answer);
    pushed = report.status();
    return true;
  }

  private static String consulStatus(Status status) {
    return status == Status.PASS ? "passing" : status == Status.WARN ? "warning" : "critical";
  }

  private void due() {
    dueNanos = System.nanoTime() + config.interval.toNanos();
  }

  private String service(String rest, String query) {
    return path("/v1/agent/service/" + rest, query);
  }

  private String path(String path, String query) {
    StringBuilder all = new StringBuilder(path);
    char separator = '?';
    if (!query.isEmpty()) {
      all.append(separator).append(query);
      separator = '&';
    }
    separator = append(all, separator, "ns", config.namespace);
    separator = append(all, separator, "partition", config.partition);
    append(all, separator, "dc", config.datacenter);
    return all.toString();
  }

  private static char append(
      StringBuilder path, char separator, String name, @Nullable String value) {
    if (value == null) {
      return separator;
    }
    path.append(separator).append(name).append('=').append(encoded(value));
    return '&';
  }

  private HttpResponse put(String path, @Nullable Object body) throws IOException {
    return send("PUT", path, body);
  }

  private HttpResponse send(String method, String path, @Nullable Object body) throws IOException {
    return client.send(method, path, "X-Consul-Token", token.value(), body);
  }

  private void require(HttpResponse answer) throws RefusedException {
    if (answer.ok()) {
      return;
    }
    String what = answer.describe();
    if (answer.status() == 401 || answer.status() == 403) {
      what +=
          token.value() == null
              ? ": set consul.token or consul.token-file"
              : ": the token needs service:write for \"" + config.identity.name() + "\"";
    }
    throw new RefusedException(what);
  }

  private static String text(Duration duration) {
    return duration.toMillis() % 1_000 == 0
        ? duration.getSeconds() + "s"
        : duration.toMillis() + "ms";
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.http.Endpoint;
import io.sonde.agent.http.HttpResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which Elasticsearch or OpenSearch: the settings {@code logs.elasticsearch*}, checked. */
public final class ElasticsearchConfig {

  private static final int DEFAULT_PORT = 9_200;
  private static final int MAX_INDEX = 255;

  /** Of an answer that is only looked at. */
  private static final int MAX_TEXT = 4_096;

  private final List<Endpoint> endpoints;
  private @Nullable String index;
  private @Nullable String caCert;
  private BulkCredentials credentials = BulkCredentials.none();

  private ElasticsearchConfig(List<Endpoint> endpoints) {
    this.endpoints = Collections.unmodifiableList(endpoints);
  }

  /**
   * Reads the addresses of one cluster, for failing over, in order.
   *
   * @param urls {@code http[s]://host[:port][/path]} each
   * @throws IllegalArgumentException with key, value (never a password) and what is allowed
   */
  public static ElasticsearchConfig parse(List<String> urls) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (String url : urls) {
      if (url.indexOf('@') >= 0) {
        throw new IllegalArgumentException(
            "logs.elasticsearch: a user does not belong in the URL; there are"
                + " logs.elasticsearch.user, .password-file and .api-key-file");
      }
      endpoints.add(Endpoint.parse("logs.elasticsearch", url, false, DEFAULT_PORT));
    }
    return new ElasticsearchConfig(endpoints);
  }

  /**
   * One index, alias or data stream for everything.
   *
   * @param name null: a data stream for each kind of line
   * @throws IllegalArgumentException when Elasticsearch would not have it
   */
  public ElasticsearchConfig index(@Nullable String name) {
    if (name != null && (name.length() > MAX_INDEX || !name.matches("[a-z0-9.][a-z0-9._+-]*"))) {
      throw new IllegalArgumentException(
          "logs.elasticsearch.index=" + name + ": allowed are a-z, 0-9, and . _ + - inside");
    }
    index = name;
    return this;
  }

  /**
   * Who sends. Files are read when they are needed, and again when they have changed.
   *
   * @throws IllegalArgumentException when both ways are given, or one by half
   */
  public ElasticsearchConfig credentials(
      @Nullable String apiKeyFile, @Nullable String user, @Nullable String passwordFile) {
    if (apiKeyFile != null && user != null) {
      throw new IllegalArgumentException(
          "logs.elasticsearch.user=" + user + ": there is a logs.elasticsearch.api-key-file, too");
    }
    if ((user == null) != (passwordFile == null)) {
      throw new IllegalArgumentException(
          "logs.elasticsearch.user and logs.elasticsearch.password-file: both or none");
    }
    if (apiKeyFile != null) {
      credentials = BulkCredentials.apiKey(apiKeyFile);
    } else if (user != null && passwordFile != null) {
      credentials = BulkCredentials.basic(user, passwordFile);
    }
    return this;
  }

  /** Authorities for https in PEM; null: the JVM's. */
  public ElasticsearchConfig caCert(@Nullable String file) {
    caCert = file;
    return this;
  }

  /**
   * Asks the first of the servers who it is, with these credentials: whether it is there, and lets
   * us in.
   */
  public HttpResponse ask(int timeoutMillis) throws IOException {
    String headers = "b3: 0\r\n" + credentials.header();
    return endpoints.get(0).get("/", headers, caCert, timeoutMillis, MAX_TEXT);
  }

  BulkCredentials credentials() {
    return credentials;
  }

  @Nullable String caCert() {
    return caCert;
  }

  List<BulkServer> servers(String namespace) {
    BulkBody body = new BulkBody(index, namespace);
    List<BulkServer> servers = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      servers.add(new BulkServer(endpoint, this, body));
    }
    return servers;
  }
}

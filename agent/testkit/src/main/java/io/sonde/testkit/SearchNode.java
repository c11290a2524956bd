// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real node of Elasticsearch or OpenSearch in a JVM of its own, on free ports. */
public abstract class SearchNode implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final int[] port = FreePort.find(2);
  private final Path data;
  private ForkedProcess node;

  SearchNode(String name) {
    data = Places.temporaryFolder(name);
  }

  /** The JVM with the node's class and its arguments. */
  abstract ProcessBuilder command(Path data, int httpPort, int transportPort);

  /** Returns when it answers. */
  final void startAndWait() {
    ProcessBuilder builder = command(data, port[0], port[1]);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    node = ForkedProcess.start(builder);
    node.awaitAnswer(url(), START_LIMIT, this::isHealthy);
  }

  /** {@code http://127.0.0.1:port}. */
  public final String url() {
    return "http://127.0.0.1:" + port[0];
  }

  /** Asks its API. An empty body is none. */
  public final JsonNode api(String method, String path, String body) {
    return body.isEmpty()
        ? Http.send(method, url() + path, body).json()
        : Http.send(method, url() + path, body, "Content-Type", "application/json").json();
  }

  /** What matches a query, at most 10,000 hits with their {@code _source}, as of now. */
  public final JsonNode search(String index, String query) {
    api("POST", "/" + index + "/_refresh?ignore_unavailable=true", "");
    String body = "{\"size\":10000,\"query\":{\"query_string\":{\"query\":\"%s\"}}}";
    String path = "/" + index + "/_search?ignore_unavailable=true&allow_no_indices=true";
    return api("POST", path, body.formatted(query.replace("\"", "\\\""))).path("hits").path("hits");
  }

  /**
   * Installs a file that says what is to be put, or fails with the answer.
   *
   * @param path of the API, e.g. {@code /_index_template/sonde}
   */
  public final void install(String path, Path file) {
    try {
      JsonNode answer = api("PUT", path, Files.readString(file));
      if (!answer.path("acknowledged").asBoolean()) {
        throw new AssertionError(file + ": " + answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it, as a crash does. What it has acknowledged is there after {@link #restart}. */
  public final void stop() {
    node.kill();
  }

  /** Starts it again after {@link #stop}, same ports, same data. */
  public final void restart() {
    startAndWait();
  }

  @Override
  public final void close() {
    node.close();
    Places.delete(data);
  }

  private boolean isHealthy() {
    // GET / is a module of its own, which Maven Central has not.
    String state = "/_cluster/health?wait_for_status=yellow&timeout=5s";
    return Http.get(url() + state).status() == 200;
  }
}

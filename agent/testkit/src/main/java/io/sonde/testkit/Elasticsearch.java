// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A real node of Elasticsearch 8 in a JVM of its own, as {@code agent/testkit/elasticsearch} puts
 * it together from Maven Central: data streams, mappings and searches are there; security, scripts,
 * ingest and x-pack, and with them the templates of a distribution, are not.
 */
public final class Elasticsearch implements AutoCloseable {

  private static final String BUILT = "agent/testkit/elasticsearch/target";
  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final int[] port = FreePort.find(2);
  private final Path data = Places.temporaryFolder("elasticsearch");
  private final Path built;
  private ForkedProcess node;

  private Elasticsearch(Path built) {
    this.built = built;
    this.node = launch();
  }

  /** Starts one on free ports and returns when it answers (4 to 10 s). */
  public static Elasticsearch start() {
    Path built =
        Places.upward(BUILT)
            .orElseThrow(() -> new AssertionError("no " + BUILT + ": build that module first"));
    Elasticsearch started = new Elasticsearch(built);
    started.awaitAnswer();
    return started;
  }

  /** {@code http://127.0.0.1:port}. */
  public String url() {
    return "http://127.0.0.1:" + port[0];
  }

  /** Asks its API. An empty body is none. */
  public JsonNode api(String method, String path, String body) {
    return body.isEmpty()
        ? Http.send(method, url() + path, body).json()
        : Http.send(method, url() + path, body, "Content-Type", "application/json").json();
  }

  /** What matches a query, at most 10,000 hits with their {@code _source}, as of now. */
  public JsonNode search(String index, String query) {
    api("POST", "/" + index + "/_refresh?ignore_unavailable=true", "");
    String body = "{\"size\":10000,\"query\":{\"query_string\":{\"query\":\"%s\"}}}";
    String path = "/" + index + "/_search?ignore_unavailable=true&allow_no_indices=true";
    return api("POST", path, body.formatted(query.replace("\"", "\\\""))).path("hits").path("hits");
  }

  /** Kills it, as a crash does. What it has acknowledged is there after {@link #restart}. */
  public void stop() {
    node.kill();
  }

  /** Starts it again after {@link #stop}, same ports, same data. */
  public void restart() {
    node = launch();
    awaitAnswer();
  }

  @Override
  public void close() {
    node.close();
    Places.delete(data);
  }

  private ForkedProcess launch() {
    Path home = built.resolve("home");
    try {
      Files.createDirectories(home.resolve("config"));
      Files.createDirectories(home.resolve("plugins"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            Jdk.of(17).bin("java").toString(),
            "-Xms192m",
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            built.resolve("classes") + ":" + built.resolve("lib") + "/*",
            "io.sonde.testkit.elasticsearch.Node",
            home.toString(),
            data.toString(),
            Integer.toString(port[0]),
            Integer.toString(port[1]));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return ForkedProcess.start(builder);
  }

  private void awaitAnswer() {
    try {
      Eventually.that(START_LIMIT, () -> !node.process().isAlive() || isHealthy());
    } catch (AssertionError e) {
      close();
      throw new AssertionError("Elasticsearch does not answer" + node.output(), e);
    }
    if (!node.process().isAlive()) {
      throw new AssertionError("Elasticsearch has ended" + node.output());
    }
  }

  private boolean isHealthy() {
    try {
      // GET / is a module of its own, which Maven Central has not.
      String state = "/_cluster/health?wait_for_status=yellow&timeout=5s";
      return Http.get(url() + state).status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The real Zipkin server with its in-memory storage, in a JVM of its own. A 202 of it only says
 * that the JSON parsed: read the trace back.
 */
public final class Zipkin implements AutoCloseable {

  private static final String COPIED = "agent/testkit/target/backends/zipkin-server.jar";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final ForkedProcess server;
  private final String url;

  private Zipkin(ForkedProcess server, int port) {
    this.server = server;
    this.url = "http://127.0.0.1:" + port;
  }

  /** Starts one on a free port and returns when it answers (3 to 7 s). */
  public static Zipkin start() {
    return startOn(FreePort.find());
  }

  /** On a port of the caller's, for a server that comes back; it has forgotten everything. */
  public static Zipkin startOn(int port) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Jdk.of(17).bin("java").toString(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            jar().toString(),
            // The port alone would listen on all interfaces.
            "--armeria.ports[0].ip=127.0.0.1",
            "--armeria.ports[0].port=" + port,
            "--armeria.ports[0].protocols[0]=http");
    builder.environment().put("STORAGE_TYPE", "mem");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Zipkin zipkin = new Zipkin(ForkedProcess.start(builder), port);
    zipkin.awaitAnswer();
    return zipkin;
  }

  /** {@code http://127.0.0.1:port}. */
  public String url() {
    return url;
  }

  /** For the setting {@code zipkin.endpoint}. */
  public String endpoint() {
    return url + "/api/v2/spans";
  }

  /** Traces of a service, each an array of spans; at most 10,000. */
  public JsonNode traces(String serviceName) {
    String name = URLEncoder.encode(serviceName, StandardCharsets.UTF_8);
    return Http.get(url + "/api/v2/traces?limit=10000&serviceName=" + name).json();
  }

  /** The spans of a trace; an empty array when there is none. */
  public JsonNode trace(String traceId) {
    Http.Response response = Http.get(url + "/api/v2/trace/" + traceId);
    return response.status() == 404 ? Json.parse("[]") : response.json();
  }

  /** The trace as soon as it has {@code spans} spans. */
  public JsonNode awaitTrace(String traceId, int spans, Duration limit) {
    AtomicReference<JsonNode> trace = new AtomicReference<>();
    Eventually.passes(
        limit,
        () -> {
          trace.set(trace(traceId));
          if (trace.get().size() != spans) {
            throw new AssertionError(
                "%d spans instead of %d: %s".formatted(trace.get().size(), spans, trace.get()));
          }
        });
    return trace.get();
  }

  /** The traces of a service as soon as there are {@code count}. */
  public JsonNode awaitTraces(String serviceName, int count, Duration limit) {
    AtomicReference<JsonNode> traces = new AtomicReference<>();
    Eventually.passes(
        limit,
        () -> {
          traces.set(traces(serviceName));
          if (traces.get().size() != count) {
            throw new AssertionError(
                "%d traces instead of %d".formatted(traces.get().size(), count));
          }
        });
    return traces.get();
  }

  @Override
  public void close() {
    server.close();
  }

  private static Path jar() {
    String named = System.getProperty("sonde.zipkin.jar");
    return named != null
        ? Path.of(named)
        : Places.upward(COPIED)
            .orElseThrow(() -> new AssertionError("no " + COPIED + ": build agent/testkit first"));
  }

  private void awaitAnswer() {
    server.awaitAnswer("Zipkin", START_LIMIT, () -> Http.get(url + "/health").status() == 200);
  }
}

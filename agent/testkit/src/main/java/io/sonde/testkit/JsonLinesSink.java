// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Takes one JSON object a line over TCP, as Logstash's {@code tcp} input with its {@code
 * json_lines} codec does. A line that is no JSON stays in {@link #lines} and fails {@link #events}.
 */
public final class JsonLinesSink implements AutoCloseable {

  private final Lines lines = new Lines();
  private final LineServer server;

  private JsonLinesSink(int port) {
    server = new LineServer(port, lines::add);
  }

  public static JsonLinesSink start() {
    return new JsonLinesSink(0);
  }

  /** On a port of the caller's, for a destination that comes back. */
  public static JsonLinesSink startOn(int port) {
    return new JsonLinesSink(port);
  }

  public int port() {
    return server.port();
  }

  /** {@code 127.0.0.1:port}. */
  public String address() {
    return "127.0.0.1:" + port();
  }

  /** As they came, without the newline. */
  public List<String> lines() {
    return lines.all();
  }

  /** What came before the end of a connection without a newline behind it: no event. */
  public List<String> unfinished() {
    return server.unfinished();
  }

  /**
   * All lines, parsed strictly.
   *
   * @throws AssertionError when one is not JSON
   */
  public List<JsonNode> events() {
    return lines().stream().map(Json::parse).toList();
  }

  /** The first event that fits, also when it came earlier. */
  public JsonNode awaitLine(Predicate<JsonNode> fits, Duration limit) {
    return lines
        .await(line -> fits.test(Json.parse(line)), limit)
        .map(Json::parse)
        .orElseThrow(
            () ->
                new AssertionError(
                    "no such event within %s among:%n%s"
                        .formatted(limit, String.join("\n", lines()))));
  }

  /** Connections accepted so far. */
  public int connections() {
    return server.accepted();
  }

  /** Closes the connections, not the port, as a restarted load balancer does. */
  public void dropConnections() {
    server.dropConnections();
  }

  @Override
  public void close() {
    server.close();
  }
}

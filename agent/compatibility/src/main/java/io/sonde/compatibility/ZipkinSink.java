// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sonde.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Takes spans in Zipkin's v2 JSON: a real Zipkin for each of 200 JVMs would cost 4 s each. */
final class ZipkinSink implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> spans = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  ZipkinSink() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/api/v2/spans", this::take);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v2/spans";
  }

  /** Those that came so far and fit. */
  List<JsonNode> spans(Predicate<JsonNode> fits) {
    return spans.stream().filter(fits).toList();
  }

  /** The one that fits, once it came; two are a failure. */
  JsonNode awaitOne(Predicate<JsonNode> fits) {
    Eventually.that(ObservedApp.LIMIT, () -> !spans(fits).isEmpty());
    List<JsonNode> found = spans(fits);
    if (found.size() != 1) {
      throw new AssertionError("seen %d times: %s".formatted(found.size(), found));
    }
    return found.get(0);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      JSON.readTree(exchange.getRequestBody()).forEach(spans::add);
      exchange.sendResponseHeaders(202, -1);
    }
  }
}

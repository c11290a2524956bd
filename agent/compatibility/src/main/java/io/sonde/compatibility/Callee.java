// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Whom the clients call: {@code /missing} is a 404, all else a 200. Remembers what it got. */
final class Callee implements AutoCloseable {

  /** A request as it arrived. */
  record Call(String path, Headers headers) {}

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  Callee() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /** The one call of this path; none or two are a failure. */
  Call only(String path) {
    List<Call> found = calls.stream().filter(call -> call.path().equals(path)).toList();
    if (found.size() != 1) {
      throw new AssertionError("called %d times: %s".formatted(found.size(), path));
    }
    return found.get(0);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      calls.add(new Call(path, exchange.getRequestHeaders()));
      byte[] body = path.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(path.equals("/missing") ? 404 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}

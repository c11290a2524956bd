// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** The JDK's server, in front of a client, a pool or a logging library. */
final class Front {

  /** Answers a query with a body. */
  interface Handler {
    String answer(String query) throws Exception;
  }

  private final HttpServer server;

  Front() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
    server.setExecutor(Executors.newCachedThreadPool());
  }

  Front on(String path, Handler handler) {
    server.createContext(path, exchange -> handle(exchange, handler));
    return this;
  }

  void start() {
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }

  private static void handle(HttpExchange exchange, Handler handler) throws IOException {
    byte[] bytes;
    try {
      bytes =
          String.valueOf(handler.answer(exchange.getRequestURI().getQuery()))
              .getBytes(StandardCharsets.UTF_8);
    } catch (Exception e) {
      bytes = e.toString().getBytes(StandardCharsets.UTF_8);
    }
    exchange.sendResponseHeaders(200, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** The JDK's own server. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/hello", exchange -> answer(exchange, "hello"));
    server.createContext("/boom", Scenario::boom);
    server.createContext("/async", Scenario::async);
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }

  private static void boom(HttpExchange exchange) {
    throw new IllegalStateException("boom");
  }

  /** Answers from another thread, 200 ms later. */
  private static void async(HttpExchange exchange) {
    new Thread(() -> finish(exchange), "finishes").start();
  }

  private static void finish(HttpExchange exchange) {
    try {
      Thread.sleep(200);
      answer(exchange, "async");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}

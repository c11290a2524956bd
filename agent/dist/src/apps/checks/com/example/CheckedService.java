// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sonde.health.CheckResult;
import io.sonde.health.Health;
import io.sonde.health.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/**
 * A service that uses the {@code health} library for a check of its own. Says {@code listening on
 * PORT}; {@code /queue?SIZE} sets what the check sees, {@code /unregister} takes it away, {@code
 * /hang} registers one that never answers.
 */
public final class CheckedService {

  private static volatile int size;

  private CheckedService() {}

  public static void main(String[] args) throws IOException {
    Health.register("orders:queue", CheckedService::queue);
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 200);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext(
        "/queue",
        exchange -> {
          size = Integer.parseInt(exchange.getRequestURI().getQuery());
          answer(exchange);
        });
    server.createContext(
        "/unregister",
        exchange -> {
          Health.unregister("orders:queue");
          answer(exchange);
        });
    server.createContext(
        "/hang",
        exchange -> {
          Health.register("hangs", CheckedService::hang);
          answer(exchange);
        });
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }

  private static CheckResult queue() {
    int now = size;
    return CheckResult.of("orders:queue")
        .observed(now, "jobs")
        .status(now > 10 ? Status.FAIL : Status.PASS)
        .output(now > 10 ? now + " jobs wait" : null)
        .build();
  }

  private static CheckResult hang() throws InterruptedException {
    Thread.sleep(Long.MAX_VALUE);
    return CheckResult.of("hangs").build();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }
}

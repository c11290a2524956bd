// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.util.concurrent.CompletableFuture;

/** Javalin 7, whose routes are part of its configuration. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) {
    Javalin server = Javalin.create(Scenario::configure).start("127.0.0.1", 0);
    System.out.println("listening on " + server.port());
  }

  private static void configure(JavalinConfig config) {
    config.routes.get("/hello", http -> http.result("hello"));
    config.routes.get("/orders/{id}", http -> http.result("order " + http.pathParam("id")));
    config.routes.post("/boom", http -> boom());
    config.routes.get("/async", http -> http.future(() -> later().thenAccept(http::result)));
  }

  private static void boom() {
    throw new IllegalStateException("boom");
  }

  /** From another thread, 200 ms later. */
  private static CompletableFuture<String> later() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            Thread.sleep(200);
            return "async";
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import io.javalin.Javalin;
import java.util.concurrent.CompletableFuture;

/** Javalin on the Jetty that it brings. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) {
    Javalin server = Javalin.create();
    server.get("/hello", http -> http.result("hello"));
    server.get("/orders/{id}", http -> http.result("order " + http.pathParam("id")));
    server.post("/boom", http -> boom());
    server.get("/async", http -> http.future(() -> later().thenAccept(http::result)));
    server.start("127.0.0.1", 0);
    System.out.println("listening on " + server.port());
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

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Server;
import java.util.concurrent.CompletableFuture;

/** Armeria's server. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) {
    Server server =
        Server.builder()
            .http(0)
            .service("/hello", (context, request) -> HttpResponse.of("hello"))
            .service("/orders/{id}", (context, request) -> HttpResponse.of(context.pathParam("id")))
            .service("/boom", (context, request) -> boom())
            .service("/async", (context, request) -> HttpResponse.from(later()))
            .build();
    server.start().join();
    System.out.println("listening on " + server.activeLocalPort());
  }

  private static HttpResponse boom() {
    throw new IllegalStateException("boom");
  }

  /** From another thread, 200 ms later. */
  private static CompletableFuture<HttpResponse> later() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            Thread.sleep(200);
            return HttpResponse.of("async");
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}

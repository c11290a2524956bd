// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/** Vert.x's server. */
public final class Scenario {

  private static final Vertx VERTX = Vertx.vertx();

  private static volatile HttpServerRequest failing;

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    VERTX.exceptionHandler(thrown -> failing.response().setStatusCode(500).end());
    HttpServer server =
        VERTX
            .createHttpServer()
            .requestHandler(Scenario::serve)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    System.out.println("listening on " + server.actualPort());
  }

  private static void serve(HttpServerRequest request) {
    switch (request.path()) {
      case "/hello":
        request.response().end("hello");
        break;
      case "/boom":
        failing = request;
        throw new IllegalStateException("boom");
      case "/async":
        VERTX.setTimer(200, timer -> request.response().end("async"));
        break;
      default:
        request.response().setStatusCode(404).end();
    }
  }
}

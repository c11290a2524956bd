// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;

/** Vert.x Web's router. */
public final class Scenario {

  private static final Vertx VERTX = Vertx.vertx();

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    Router router = Router.router(VERTX);
    router.get("/hello").handler(http -> http.end("hello"));
    router.get("/orders/:id").handler(http -> http.end("order " + http.pathParam("id")));
    router.post("/boom").handler(http -> boom());
    router
        .get("/async")
        .handler(http -> VERTX.setTimer(200, timer -> http.response().end("async")));
    // Else Vert.x writes the exception to stderr.
    router.errorHandler(500, http -> http.response().setStatusCode(500).end("sorry"));
    HttpServer server =
        VERTX
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    System.out.println("listening on " + server.actualPort());
  }

  private static void boom() {
    throw new IllegalStateException("boom");
  }
}

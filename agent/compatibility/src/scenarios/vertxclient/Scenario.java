// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;

/** Vert.x's client inside of its server, in place of {@code Front}. */
public final class Scenario {

  private static final Vertx VERTX = Vertx.vertx();
  private static final HttpClient CLIENT = VERTX.createHttpClient();

  private Scenario() {}

  public static void main(String[] args) throws Exception {
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
    status(request.query())
        .onSuccess(status -> request.response().end(status))
        .onFailure(thrown -> request.response().end(thrown.toString()));
  }

  private static Future<String> status(String url) {
    return CLIENT
        .request(new RequestOptions().setAbsoluteURI(url))
        .compose(request -> request.send())
        .compose(response -> response.body().map(body -> response.statusCode() + ""));
  }
}

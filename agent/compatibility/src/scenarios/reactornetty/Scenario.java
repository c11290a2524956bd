// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Reactor Netty's server. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) {
    DisposableServer server =
        HttpServer.create().host("127.0.0.1").port(0).handle(Scenario::serve).bindNow();
    System.out.println("listening on " + server.port());
    server.onDispose().block();
  }

  private static Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
    switch (request.path()) {
      case "hello":
        return response.sendString(Mono.just("hello"));
      case "boom":
        return Mono.error(new IllegalStateException("boom"));
      case "async":
        return response.sendString(Mono.just("async").delayElement(Duration.ofMillis(200)));
      default:
        return response.sendNotFound();
    }
  }
}

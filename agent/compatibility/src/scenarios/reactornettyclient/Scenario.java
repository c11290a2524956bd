// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Reactor Netty's client, blocking and not. */
public final class Scenario {

  private static final HttpClient CLIENT = HttpClient.create();

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    new Front()
        .on("/call", url -> status(url).block())
        .on("/call-async", url -> status(url).toFuture().get())
        .start();
  }

  private static Mono<String> status(String url) {
    return CLIENT
        .get()
        .uri(url)
        .responseSingle(
            (response, body) -> body.asString().thenReturn(response.status().code() + ""));
  }
}

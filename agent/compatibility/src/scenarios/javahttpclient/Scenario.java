// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** The JDK's newer client, both of its ways. */
public final class Scenario {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    new Front().on("/call", Scenario::call).on("/call-async", Scenario::callAsync).start();
  }

  private static String call(String url) throws Exception {
    return String.valueOf(CLIENT.send(to(url), BodyHandlers.ofString()).statusCode());
  }

  private static String callAsync(String url) throws Exception {
    return CLIENT
        .sendAsync(to(url), BodyHandlers.ofString())
        .thenApply(response -> String.valueOf(response.statusCode()))
        .get();
  }

  private static HttpRequest to(String url) {
    return HttpRequest.newBuilder(URI.create(url)).build();
  }
}

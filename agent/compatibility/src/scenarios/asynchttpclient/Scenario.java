// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Dsl;

/** AsyncHttpClient: its future, and as a {@code CompletableFuture}. */
public final class Scenario {

  private static final AsyncHttpClient CLIENT = Dsl.asyncHttpClient();

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    new Front().on("/call", Scenario::call).on("/call-async", Scenario::callAsync).start();
  }

  private static String call(String url) throws Exception {
    return String.valueOf(CLIENT.prepareGet(url).execute().get().getStatusCode());
  }

  private static String callAsync(String url) throws Exception {
    return CLIENT
        .prepareGet(url)
        .execute()
        .toCompletableFuture()
        .thenApply(response -> response.getStatusCode() + "")
        .get();
  }
}

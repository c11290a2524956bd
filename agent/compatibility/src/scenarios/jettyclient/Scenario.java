// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.api.Result;

/** Jetty's client, which waits, and with a listener. */
public final class Scenario {

  private static final HttpClient CLIENT = new HttpClient();

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    CLIENT.start();
    new Front().on("/call", Scenario::call).on("/call-async", Scenario::callAsync).start();
  }

  private static String call(String url) throws Exception {
    return String.valueOf(CLIENT.newRequest(url).send().getStatus());
  }

  private static String callAsync(String url) throws Exception {
    CompletableFuture<Result> over = new CompletableFuture<>();
    CLIENT.newRequest(url).send(over::complete);
    return String.valueOf(over.get().getResponse().getStatus());
  }
}

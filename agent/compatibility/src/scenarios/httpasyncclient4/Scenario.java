// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;

/** Apache HttpAsyncClient 4. */
public final class Scenario {

  private static final CloseableHttpAsyncClient CLIENT = HttpAsyncClients.createDefault();

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    CLIENT.start();
    new Front().on("/call", Scenario::call).on("/call-async", Scenario::call).start();
  }

  private static String call(String url) throws Exception {
    return String.valueOf(
        CLIENT.execute(new HttpGet(url), null).get().getStatusLine().getStatusCode());
  }
}

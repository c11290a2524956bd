// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Apache HttpClient 5, the classic one and the asynchronous one. */
public final class Scenario {

  private static final CloseableHttpClient CLIENT = HttpClients.createDefault();
  private static final CloseableHttpAsyncClient ASYNC_CLIENT = HttpAsyncClients.createDefault();

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    ASYNC_CLIENT.start();
    new Front().on("/call", Scenario::call).on("/call-async", Scenario::callAsync).start();
  }

  private static String call(String url) throws IOException {
    try (CloseableHttpResponse response = CLIENT.execute(new HttpGet(url))) {
      EntityUtils.consume(response.getEntity());
      return String.valueOf(response.getCode());
    }
  }

  private static String callAsync(String url) throws Exception {
    return String.valueOf(
        ASYNC_CLIENT.execute(new SimpleHttpRequest("GET", url), null).get().getCode());
  }
}

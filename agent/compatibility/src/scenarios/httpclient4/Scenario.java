// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4. */
public final class Scenario {

  private static final CloseableHttpClient CLIENT = HttpClients.createDefault();

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    new Front().on("/call", Scenario::call).start();
  }

  private static String call(String url) throws IOException {
    try (CloseableHttpResponse response = CLIENT.execute(new HttpGet(url))) {
      EntityUtils.consume(response.getEntity());
      return String.valueOf(response.getStatusLine().getStatusCode());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import org.springframework.web.client.RestClient;

/** Spring's RestClient, on the client that it chooses itself: the JDK's. */
public final class Scenario {

  private static final RestClient CLIENT = RestClient.create();

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    new Front().on("/call", Scenario::call).start();
  }

  private static String call(String url) {
    return CLIENT
        .get()
        .uri(url)
        .exchange((request, response) -> String.valueOf(response.getStatusCode().value()));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;

/** The JDK's oldest client. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    new Front().on("/call", Scenario::call).start();
  }

  /** The status, read as most do: the body, too. */
  private static String call(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
    int status = connection.getResponseCode();
    try (InputStream body =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      while (body != null && body.read() != -1) {
        // to its end
      }
    }
    return String.valueOf(status);
  }
}

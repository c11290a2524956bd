// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Sonde itself says of its spans.
 *
 * @param acked taken by the sink
 * @param account all of it, as it stands on {@code /sonde/status}
 */
record SondeLedger(long acked, String account) {

  private static final Pattern ACCOUNT =
      Pattern.compile(
          "\\{\\s*\"signal\"\\s*:\\s*\"spans\",\\s*\"destination\"\\s*:\\s*\"zipkin\""
              + "[^{}]*\"acked\"\\s*:\\s*(\\d+)[^{}]*(\\{[^{}]*})?");

  static SondeLedger read(int healthPort) throws IOException, InterruptedException {
    URI status = URI.create("http://127.0.0.1:" + healthPort + "/sonde/status");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(status).build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("/sonde/status answers " + answer.statusCode());
    }
    return parse(answer.body());
  }

  static SondeLedger parse(String status) throws IOException {
    Matcher account = ACCOUNT.matcher(status);
    if (!account.find()) {
      throw new IOException("no account of spans to zipkin in /sonde/status");
    }
    return new SondeLedger(Long.parseLong(account.group(1)), account.group().trim());
  }
}

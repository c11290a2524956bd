// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.registration;

import io.sonde.agent.http.Endpoint;
import io.sonde.agent.http.HttpResponse;
import io.sonde.agent.http.KeptConnection;
import io.sonde.health.Json;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/** JSON requests to one server. One thread, but {@link #abort}. */
final class RestClient {

  private static final int TIMEOUT_MILLIS = 2_000;

  /** Of an answer; what is read from it stands in its first kilobyte. */
  private static final int MAX_TEXT = 4_096;

  private static final byte[] NOTHING = {};

  private final Endpoint endpoint;
  private final KeptConnection connection;

  /**
   * @param caFile authorities in PEM; null for those of the JVM
   */
  RestClient(Endpoint endpoint, @Nullable String caFile) {
    this.endpoint = endpoint;
    this.connection = endpoint.connection(caFile, TIMEOUT_MILLIS, MAX_TEXT);
  }

  /**
   * Sends a request and hands back the answer, whatever its status.
   *
   * @param path with the query, encoded
   * @param secretHeader name of the header that carries {@code secret}
   * @param secret null for none
   * @param body written as JSON; null for none
   */
  HttpResponse send(
      String method,
      String path,
      String secretHeader,
      @Nullable String secret,
      @Nullable Object body)
      throws IOException {
    String head = endpoint.head(method, path) + "Content-Type: application/json\r\n";
    if (secret != null) {
      head += secretHeader + ": " + printable(secret) + "\r\n";
    }
    byte[] bytes = body == null ? NOTHING : Json.bytes(body);
    return connection.exchange(head, bytes, 0, bytes.length);
  }

  void abort() {
    connection.abort();
  }

  /** For a path or a query. */
  static String encoded(String text) {
    try {
      return URLEncoder.encode(text, "UTF-8").replace("+", "%20");
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String printable(String secret) throws RefusedException {
    if (!secret.matches("[\\x21-\\x7e]+")) {
      throw new RefusedException("the token is not one word of printable ASCII: not sent");
    }
    return secret;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.recording.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Who sends, to Elasticsearch: read again when the file has changed. In no message. One thread. */
final class BulkCredentials {

  private final @Nullable String user;
  private final @Nullable Secret secret;

  private BulkCredentials(@Nullable String user, @Nullable Secret secret) {
    this.user = user;
    this.secret = secret;
  }

  static BulkCredentials none() {
    return new BulkCredentials(null, null);
  }

  /** A file with {@code id:key}, or with what Elasticsearch calls {@code encoded}. */
  static BulkCredentials apiKey(String file) {
    return new BulkCredentials(null, new Secret("logs.elasticsearch.api-key-file", null, file));
  }

  static BulkCredentials basic(String user, String passwordFile) {
    Secret password = new Secret("logs.elasticsearch.password-file", null, passwordFile);
    return new BulkCredentials(user, password);
  }

  /** The header with its end of line, or nothing. */
  String header() {
    if (secret == null) {
      return "";
    }
    secret.changed();
    String value = secret.value();
    if (value == null) {
      return "";
    }
    return user == null
        ? "Authorization: ApiKey "
            + (value.indexOf(':') < 0 ? ascii(value) : encoded(value))
            + "\r\n"
        : "Authorization: Basic " + encoded(user + ":" + value) + "\r\n";
  }

  private static String encoded(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** Nothing in a file makes a header of its own. */
  private static String ascii(String key) {
    return key.replaceAll("[^\\x21-\\x7e]", "");
  }
}

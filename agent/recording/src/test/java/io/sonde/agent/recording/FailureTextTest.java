// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTextTest {

  @Test
  void namesClassMessageAndRootCause() {
    SQLException failure =
        new SQLException(
            "orders-db - Connection is not available, request timed out after 500ms.",
            new IllegalStateException(new ConnectException("Connection refused")));

    assertThat(FailureText.of(failure))
        .isEqualTo(
            "SQLException: orders-db - Connection is not available, request timed out after 500ms."
                + " (ConnectException: Connection refused)");
  }

  @Test
  void keepsHostAndPort() {
    String message = "Connection to 10.0.0.7:5432 refused. Check that the hostname is correct.";

    assertThat(FailureText.mask(message)).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FATAL: password authentication failed for user \"hunter2\"",
        "Access denied for user 'hunter2'@'localhost' (using password: YES)",
        "Login failed for user hunter2.",
        "Login failed for user: hunter2",
        "username is hunter2",
        "FATAL: role \"hunter2\" does not exist",
        "unterminated 'hunter2",
        "cannot connect to jdbc:postgresql://db/orders?user=bob&password=hunter2",
        "cannot connect to jdbc:oracle:thin:scott/hunter2@//db:1521/orders",
        "cannot connect to jdbc:sqlserver://db;user=sa;password=hunter2;encrypt=true",
        "cannot connect to mongodb://bob:hunter2@db/orders",
        "cannot connect to mongodb://bob:hun'hunter2@db/orders",
        "GET http://vault/v1/secret?token=hunter2 failed",
        "bad properties {user=bob, password = hunter2}",
        "Password: hunter2",
        "token:hunter2 expired",
        "dbPassword: hunter2",
        "passphrase: hunter2",
        "Set-Cookie: hunter2",
        "X-Api-Key: hunter2",
        "401 for Authorization: Basic hunter2",
        "401 for Bearer hunter2hunter2",
        "no key ghp_hunter2hunter2 there",
        "FATAL: password\nauthentication failed for user\n\"hunter2\"",
      })
  void givesNoSecretAway(String message) {
    assertThat(FailureText.of(new SQLException(message))).doesNotContain("hunter2").contains("***");
  }

  @Test
  void isOneLineOfAtMost200Characters() {
    String text = FailureText.of(new SQLException("line\n".repeat(10_000)));

    assertThat(text).hasSize(200).doesNotContain("\n").endsWith("…");
  }

  @Test
  void survivesAnExceptionWithoutAMessageAndOneThatThrows() {
    assertThat(FailureText.of(new SQLException())).isEqualTo("SQLException");
    assertThat(FailureText.of(new Hostile())).isEqualTo("FailureTextTest$Hostile");
  }

  @Test
  void isQuickWithHostileMessages() {
    for (String part : List.of("a=", "user ", "'", "jdbc:", "://", "?")) {
      String text = FailureText.of(new SQLException(part.repeat(100_000)));

      assertThat(text.length()).isLessThanOrEqualTo(200);
    }
  }

  private static final class Hostile extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message for you");
    }
  }
}

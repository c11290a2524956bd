// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageMaskTest {

  private final MessageMask mask = new MessageMask(List.of("page", "Size"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "login of user=ann password=hunter2 failed | login of user=*** password=*** failed",
        "{\"secret\":\"hunter2\",\"page\":2} | {\"secret\":\"***\",\"page\":2}",
        "{\"a\" : \"hun\\\"ter2\", \"b\":hunter2} | {\"a\" : \"***\", \"b\":***}",
        "Key (email)=(hunter2) already exists. | Key (email)=(***) already exists.",
        "select 1 where name = 'hunter2' | select 1 where name = ***",
        "values ('hunter2', 'it''s hunter2') | values (***, ******)",
        "ftp://ann:hunter2@host/x refused | ftp://***@host/x refused",
        "no jdbc:postgresql://db/o?password=hunter2 | no jdbc:postgresql:***",
        "no jdbc:x_y:[a]:1/o:hunter2 | no jdbc:x:***",
        "mongodb://ann:hun'ter2@db/o refused | mongodb://***@db/o refused",
        "Order[id=hunter2, size=3] | Order[id=***, size=3]",
        "401 for Authorization: Bearer hunter2hunter2 | 401 for Authorization: Bearer ***",
        "sent 'Bearer hunter2hunter2' | sent ***",
        "sent Bearer hunter2hunter2 twice | sent Bearer *** twice",
        "Password: hunter2 | Password: ***",
        "the password is hunter2 | the password is ***",
        "no match for password hunter2 | no match for password ***",
        "Set-Cookie: hunter2 | Set-Cookie: ***",
        "card 4111 1111 1111 1111 declined | card *** declined",
        "card 4111-1111-1111-1111 declined | card *** declined",
        "paid by 378282246310005. | paid by ***.",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln is old | *** is old",
        "key AKIAIOSFODNN7EXAMPLE | key ***",
        "push of ghp_0123456789abcdefghij | push of ***",
        "api_key = hunter2; | api_key = ***;",
      })
  void takesSecretsOut(String message, String masked) {
    assertThat(mask.mask(message)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection to 10.0.0.7:5432 refused. Check that the hostname is correct.",
        "Cannot invoke \"com.shop.Cart.total()\" because \"cart\" is null",
        "Index 5 out of bounds for length 3",
        "For input string: \"abc\"",
        "it doesn't work, and that's it",
        "password authentication failed",
        "the token has expired",
        "order 1234567890123456 of 2026-11-22 10:15:30.123",
        "00000000-0000-0000-0000-000000000000",
        "ERROR: relation \"users\" does not exist",
        "page=2&size=7",
        "java.lang.IllegalStateException: no basic setup for users",
      })
  void leavesWhatIsNone(String message) {
    assertThat(mask.mask(message)).isEqualTo(message);
  }

  @Test
  void masksAValueByItsName() {
    assertThat(mask.mask("userPassword", "hunter2")).isEqualTo("***");
    assertThat(mask.mask("X-Api-Key", "hunter2")).isEqualTo("***");
    assertThat(mask.mask("user", "ann")).isEqualTo("ann");
    assertThat(mask.mask("payment", "4111111111111111")).isEqualTo("***");
    assertThat(new MessageMask(List.of("csrfToken")).mask("csrfToken", "x")).isEqualTo("x");
  }

  @Test
  void nothingStaysNothing() {
    assertThat(mask.mask(null)).isNull();
    assertThat(mask.mask("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=",
        "a",
        "\"",
        "'",
        "\\",
        "password ",
        "1 ",
        "://",
        "eyJ",
        "-----BEGIN ",
        ")=(",
        "a=\"\\",
        "a=\"",
        "''"
      })
  void isQuickWithHostileMessages(String part) {
    String hostile = part.repeat(16 * 1024 / part.length());

    assertTimeoutPreemptively(Duration.ofSeconds(2), () -> mask.mask(hostile));
  }
}

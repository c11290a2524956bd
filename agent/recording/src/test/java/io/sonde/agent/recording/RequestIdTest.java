// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "7",
        "f0b1e2c3-5a6b",
        "Root=1-67891233-abc/x:1.2_3+4@b",
        "-",
        "AZaz09_.:/=+@-"
      })
  void takesWhatIsHarmlessEverywhere(String id) {
    assertThat(RequestId.valid(id)).isSameAs(id);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        " ",
        "a b",
        "a\r\nX: y",
        "a\u0000",
        "<script>",
        "a,b",
        "a;b",
        "\"",
        "%0a",
        "é",
        "１"
      })
  void refusesTheRest(String id) {
    assertThat(RequestId.valid(id)).isNull();
  }

  @Test
  void takesUpTo128Characters() {
    assertThat(RequestId.valid("x".repeat(128))).hasSize(128);
    assertThat(RequestId.valid("x".repeat(129))).isNull();
  }
}

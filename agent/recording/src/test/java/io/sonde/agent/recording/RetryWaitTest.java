// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryWaitTest {

  @Test
  void waitsForNothingWhereNothingFailed() {
    assertThat(RetryWait.nanos(0, 250, 5_000)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 250", "2, 500", "3, 1000", "6, 5000", "1000000, 5000"})
  void doublesUpToTheLongestAndIsNeverTheSame(int failures, long most) {
    List<Long> waits =
        Stream.generate(() -> RetryWait.nanos(failures, 250, 5_000)).limit(1_000).toList();

    assertThat(waits).allMatch(wait -> wait >= most / 2 && wait < most);
    assertThat(waits).anyMatch(wait -> wait < most * 6 / 10).anyMatch(wait -> wait > most * 9 / 10);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLevelsTest {

  private final LogLevels levels =
      LogLevels.from(3, Map.of("com.acme", 4, "com.acme.orders", 1, "org", 6));

  @ParameterizedTest
  @CsvSource({
    "com.acme, 4",
    "com.acme.Users, 4",
    "com.acme$Users, 4",
    "com.acme.orders, 1",
    "com.acme.orders.Order, 1",
    "com.acme.ordersandmore, 4",
    "com.acmeist, 3",
    "com, 3",
    "'', 3",
    "org.noisy.Client, 6"
  })
  void theLongestPrefixCounts(String logger, int lowest) {
    for (int level = 1; level <= 5; level++) {
      assertThat(levels.include(level, logger))
          .as("%s at %s", logger, level)
          .isEqualTo(level >= lowest);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "5"})
  void noneIsNone(int level) {
    assertThat(LogLevels.NONE.include(level, "com.acme")).isFalse();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.PoolUse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgentChecksTest {

  private final AgentChecks checks = new AgentChecks();

  @Test
  void isQuietWhenNothingWasAskedForLongerThanTheWindows() {
    long now = System.nanoTime();

    assertThat(checks.isQuiet(in(now, 70))).isFalse();
    assertThat(checks.isQuiet(in(now, 80))).isTrue();
  }

  @Test
  void aConnectionOfAPoolEndsTheQuiet() {
    long waited = Duration.ofSeconds(-40).toNanos(); // asked for in 40 s
    checks.pool(new PoolUse("orders", waited, false));
    long now = System.nanoTime();

    assertThat(checks.isQuiet(in(now, 80))).isFalse();
    assertThat(checks.isQuiet(in(now, 120))).isTrue();
  }

  private static long in(long now, int seconds) {
    return now + Duration.ofSeconds(seconds).toNanos();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void takesNoMoreThanTheLimitInASecond() {
    Sampler sampler = new Sampler(1, 10);

    assertThat(taken(sampler, 1_000, 5 * SECOND)).isEqualTo(10);
    assertThat(taken(sampler, 1_000, 5 * SECOND + SECOND - 1)).isZero();
    assertThat(taken(sampler, 1_000, 6 * SECOND)).isEqualTo(10);
  }

  @Test
  void holdsTheLimitBetweenThreads() {
    Sampler sampler = new Sampler(1, 100);

    long taken =
        IntStream.range(0, 10_000).parallel().filter(i -> sampler.sample(7 * SECOND)).count();

    assertThat(taken).isEqualTo(100);
  }

  @Test
  void takesAShare() {
    Sampler sampler = new Sampler(0.1, Integer.MAX_VALUE);

    assertThat(taken(sampler, 100_000, 0)).isBetween(9_000, 11_000);
  }

  @Test
  void takesNoneAtZeroAndAllAtOne() {
    assertThat(taken(new Sampler(0, 1_000), 1_000, SECOND)).isZero();
    assertThat(taken(new Sampler(1, 0), 1_000, SECOND)).isZero();
    assertThat(taken(new Sampler(1, Integer.MAX_VALUE), 5_000, SECOND)).isEqualTo(5_000);
  }

  @Test
  void changesWhileRunning() {
    Sampler sampler = new Sampler(1, 1_000);
    assertThat(sampler.sample(SECOND)).isTrue();

    sampler.set(0, 1_000);

    assertThat(sampler.sample(SECOND)).isFalse();
  }

  /** The clock of a JVM may be negative. */
  @Test
  void limitsAlsoBeforeZero() {
    assertThat(taken(new Sampler(1, 10), 1_000, -3 * SECOND / 2)).isEqualTo(10);
  }

  private static int taken(Sampler sampler, int asked, long nowNanos) {
    return (int) IntStream.range(0, asked).filter(i -> sampler.sample(nowNanos)).count();
  }
}

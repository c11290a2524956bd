// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import static io.sonde.health.Status.FAIL;
import static io.sonde.health.Status.PASS;
import static io.sonde.health.Status.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HysteresisTest {

  private static final long TICK = Duration.ofSeconds(2).toNanos();
  private static final double GOOD = 100;
  private static final double BETWEEN = 400;
  private static final double BAD = 500;
  private static final double AWFUL = 900;

  private final Hysteresis.Builder settings = Hysteresis.warnAbove(500, 350);
  // Beyond the sign change, as System.nanoTime may be.
  private long now = Long.MAX_VALUE - 3 * TICK;

  @Test
  void warnsAtTheThirdBadTickInARow() {
    Hysteresis signal = settings.build();

    assertThat(ticks(signal, BAD, 2)).containsOnly(PASS);
    assertThat(ticks(signal, GOOD, 1)).containsOnly(PASS);
    assertThat(ticks(signal, BAD, 3)).containsExactly(PASS, PASS, WARN);
  }

  @Test
  void followsThresholdsThatChangeWhileItRuns() {
    AtomicReference<Hysteresis.Builder> current = new AtomicReference<>(settings);
    Hysteresis signal = Hysteresis.following(current::get);
    assertThat(ticks(signal, GOOD, 5)).containsOnly(PASS);

    current.set(Hysteresis.warnAbove(GOOD, GOOD).worsenAfter(2));

    assertThat(ticks(signal, GOOD, 2)).containsExactly(PASS, WARN);
  }

  @Test
  void betweenTheThresholdsItStaysAsItIs() {
    Hysteresis signal = settings.build();

    assertThat(ticks(signal, BETWEEN, 50)).containsOnly(PASS);
    ticks(signal, BAD, 3);
    assertThat(ticks(signal, BETWEEN, 50)).containsOnly(WARN);
  }

  @Test
  void recoversAtTheEighthGoodTickInARow() {
    Hysteresis signal = settings.dwell(Duration.ZERO).build();
    ticks(signal, BAD, 3);

    assertThat(ticks(signal, GOOD, 7)).containsOnly(WARN);
    assertThat(ticks(signal, BAD, 1)).containsOnly(WARN);
    assertThat(ticks(signal, GOOD, 8)).endsWith(WARN, PASS);
  }

  @Test
  void recoversNotBeforeItsDwellTime() {
    Hysteresis signal = settings.recoverAfter(1).dwell(Duration.ofSeconds(20)).build();
    ticks(signal, BAD, 3);

    assertThat(ticks(signal, GOOD, 9)).containsOnly(WARN);
    assertThat(ticks(signal, GOOD, 1)).containsOnly(PASS);
  }

  @Test
  void softSignalsStopAtWarn() {
    assertThat(ticks(settings.build(), Double.POSITIVE_INFINITY, 100)).doesNotContain(FAIL);
  }

  @Test
  void failsWhenToldToAndRecoversStepByStep() {
    Hysteresis signal = settings.failAbove(900, 800).dwell(Duration.ZERO).build();

    assertThat(ticks(signal, AWFUL, 3)).containsExactly(PASS, PASS, FAIL);
    assertThat(ticks(signal, 850, 20)).containsOnly(FAIL);
    assertThat(ticks(signal, GOOD, 16)).filteredOn(WARN::equals).hasSize(8);
    assertThat(signal.status()).isEqualTo(PASS);
  }

  @Test
  void twoBadTicksAndAnAwfulOneAreWarn() {
    Hysteresis signal = settings.failAbove(900, 800).build();

    ticks(signal, BAD, 2);

    assertThat(ticks(signal, AWFUL, 1)).containsOnly(WARN);
    assertThat(ticks(signal, AWFUL, 3)).endsWith(WARN, FAIL);
  }

  @Test
  void fewSamplesAreNoEvidence() {
    Hysteresis signal = settings.minimumSamples(20).build();

    for (int i = 0; i < 10; i++) {
      assertThat(signal.tick(BAD, 19, now += TICK)).isEqualTo(PASS);
    }
    assertThat(ticks(signal, BAD, 3)).endsWith(WARN);
  }

  @Test
  void silenceDecaysToPass() {
    Hysteresis signal = settings.build();
    ticks(signal, BAD, 3);

    for (int i = 0; i < 10; i++) {
      signal.tick(BAD, 0, now += TICK);
    }

    assertThat(signal.status()).isEqualTo(PASS);
  }

  @Test
  void nothingToSayHoldsTheStatus() {
    Hysteresis signal = settings.build();
    ticks(signal, BAD, 2);
    assertThat(ticks(signal, Double.NaN, 100)).containsOnly(PASS);
    assertThat(ticks(signal, BAD, 1)).containsOnly(WARN);

    assertThat(ticks(signal, Double.NaN, 100)).containsOnly(WARN);
  }

  @Test
  void flappingIsHeldAtWarnUntilItIsOver() {
    Hysteresis signal = settings.recoverAfter(1).worsenAfter(1).dwell(Duration.ZERO).build();
    for (int i = 0; i < 2; i++) {
      assertThat(ticks(signal, BAD, 1)).containsOnly(WARN);
      assertThat(ticks(signal, GOOD, 1)).containsOnly(PASS);
    }
    assertThat(signal.flapping()).isFalse();

    ticks(signal, BAD, 1);

    assertThat(signal.flapping()).isTrue();
    int tenMinutes = 300;
    assertThat(ticks(signal, GOOD, tenMinutes - 10)).containsOnly(WARN);
    assertThat(ticks(signal, GOOD, 10)).endsWith(PASS);
    assertThat(signal.flapping()).isFalse();
  }

  @Test
  void aLoadThatSwingsAroundTheThresholdChangesItOnce() {
    Hysteresis signal = settings.build();
    int changes = 0;
    Status before = PASS;
    for (int i = 0; i < 1_000; i++) {
      Status next = signal.tick(500 + 140 * Math.sin(i / 5.0), 100, now += TICK);
      changes += next == before ? 0 : 1;
      before = next;
    }

    assertThat(changes).isEqualTo(1);
  }

  private List<Status> ticks(Hysteresis signal, double value, int count) {
    List<Status> statuses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      statuses.add(signal.tick(value, 100, now += TICK));
    }
    return statuses;
  }
}

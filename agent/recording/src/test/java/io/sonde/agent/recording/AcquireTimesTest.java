// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class AcquireTimesTest {

  @Test
  void eachTimeIsBelowTheEndOfItsBucketAndNotFarBelow() {
    for (long micros = 1; micros < TimeUnit.SECONDS.toMicros(60); micros += 1 + micros / 50) {
      double upper = AcquireTimes.upperMicros(AcquireTimes.bucket(micros));

      assertThat(upper).as("%d µs", micros).isGreaterThan(micros);
      assertThat(upper)
          .as("%d µs", micros)
          .isLessThanOrEqualTo(Math.max(micros + 1, micros * 1.26));
    }
  }

  @Test
  void findsThePercentile() {
    AcquireTimes times = new AcquireTimes();
    for (int millis = 1; millis <= 100; millis++) {
      times.add(TimeUnit.MILLISECONDS.toNanos(millis), null);
    }

    assertThat(AcquireTimes.percentile(times.counts(), 0.95))
        .isCloseTo(95, Percentage.withPercentage(26));
    assertThat(AcquireTimes.percentile(times.counts(), 1)).isBetween(100.0, 126.0);
    assertThat(AcquireTimes.percentile(new long[0], 0.95)).isNaN();
  }

  @Test
  void takesWhatIsTooLongAndTooShort() {
    AcquireTimes times = new AcquireTimes();

    times.add(-1, null);
    times.add(TimeUnit.HOURS.toNanos(1), null);

    assertThat(AcquireTimes.percentile(times.counts(), 0.5)).isLessThan(0.01);
    assertThat(AcquireTimes.percentile(times.counts(), 1)).isGreaterThan(60_000);
  }

  @Test
  void countsOnlyTimeoutsAsSuch() {
    AcquireTimes times = new AcquireTimes();

    times.add(1, new java.net.ConnectException("Connection refused"));
    times.add(1, new java.util.concurrent.TimeoutException("after 30 s"));

    assertThat(times.timeouts()).isEqualTo(1);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ErrorCountsTest {

  private static final long START = 1_700_000_000_000L;
  private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

  private final ErrorCounts counts = new ErrorCounts();

  private List<String> at(long millis) {
    return counts.frequent(millis).stream()
        .map(each -> each.count() + " " + each.type() + " " + each.fingerprint())
        .toList();
  }

  @Test
  void tellsTheMostFrequentFirst() {
    counts.add("a1", "A", START);
    counts.add("b1", "B", START + 1);
    counts.add("b1", "B", START + 2);

    assertThat(at(START + 3)).containsExactly("2 B b1", "1 A a1");
    assertThat(counts.frequent(START + 3).get(0).lastMillis()).isEqualTo(START + 2);
  }

  @Test
  void forgetsAfterAnHour() {
    counts.add("a1", "A", START);
    counts.add("a1", "A", START + 30 * MINUTE);

    assertThat(at(START + 54 * MINUTE)).containsExactly("2 A a1");
    assertThat(at(START + 61 * MINUTE)).containsExactly("1 A a1");
    assertThat(at(START + 91 * MINUTE)).isEmpty();
  }

  @Test
  void countsAnewAfterAPause() {
    counts.add("a1", "A", START);

    counts.add("a1", "A", START + 60 * MINUTE);
    counts.add("a1", "A", START + 600 * MINUTE);

    assertThat(at(START + 600 * MINUTE)).containsExactly("1 A a1");
  }

  @Test
  void tellsTwentyAtMost() {
    for (int i = 0; i < 30; i++) {
      counts.add("f" + i, "A", START);
    }

    assertThat(at(START)).hasSize(ErrorCounts.MAX_SHOWN);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventuallyTest {

  @Test
  void returnsAsSoonAsItHolds() {
    AtomicInteger asked = new AtomicInteger();

    Eventually.that(Duration.ofSeconds(10), () -> asked.incrementAndGet() == 3);

    assertThat(asked).hasValue(3);
  }

  @Test
  void failsWithTheLastMessage() {
    AtomicInteger asked = new AtomicInteger();

    assertThatThrownBy(
            () ->
                Eventually.passes(
                    Duration.ofMillis(50),
                    () -> {
                      throw new IOException("refused " + asked.incrementAndGet());
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("refused " + asked.get())
        .hasRootCauseInstanceOf(IOException.class);
  }
}

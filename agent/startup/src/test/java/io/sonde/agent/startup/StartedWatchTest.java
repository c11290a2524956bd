// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.ReplayedExchange;
import io.sonde.health.Health;
import io.sonde.health.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartedWatchTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long SINCE = Long.MAX_VALUE - 5 * SECOND;

  private final Health health = new Health();
  private final List<String> applied = new ArrayList<>();
  private final StartedWatch watch =
      new StartedWatch(health, () -> applied, Duration.ofSeconds(30), SINCE);

  @Test
  void isStartedWhenAServerAccepts() {
    assertThat(health.startup().status()).isEqualTo(Status.FAIL);
    assertThat(health.ready().status()).isEqualTo(Status.FAIL);

    watch.serverAccepting();

    assertThat(health.startup().status()).isEqualTo(Status.PASS);
    assertThat(health.ready().status()).isEqualTo(Status.PASS);
  }

  @Test
  void isStartedWhenARequestWasServed() {
    watch.exchange(ReplayedExchange.of("/", 0).get());

    assertThat(health.startup().status()).isEqualTo(Status.PASS);
  }

  @Test
  void withoutAServerItIsStartedAfterTheGraceTime() {
    tick(29);
    assertThat(health.startup().status()).isEqualTo(Status.FAIL);

    tick(30);
    assertThat(health.startup().status()).isEqualTo(Status.PASS);
  }

  @Test
  void waitsLongerForAServerWhoseClassesAreThere() {
    applied.add("tomcat");

    tick(299);
    assertThat(health.startup().status()).isEqualTo(Status.FAIL);

    tick(300);
    assertThat(health.startup().status()).isEqualTo(Status.PASS);
  }

  @Test
  void anHttpClientIsNoServer() {
    applied.add("java-http-client");

    tick(30);

    assertThat(health.startup().status()).isEqualTo(Status.PASS);
  }

  private void tick(long seconds) {
    watch.tick(SINCE + seconds * SECOND);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintsTest {

  private static final int OFTEN = 10;
  private static final long WINDOW = 1_000_000;

  private final Fingerprints fingerprints = new Fingerprints(OFTEN, WINDOW);
  private int looks;

  /** Counts how often its stack is taken apart. */
  private final class Failure extends Exception {
    private final String method;

    Failure(String method) {
      this.method = method;
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      looks++;
      return new StackTraceElement[] {new StackTraceElement("com.acme.Shop", method, null, 1)};
    }
  }

  @Test
  void inAStormTheStackIsTakenApartForTheFirstAndForEachSixteenth() {
    for (int i = 0; i < 1_600; i++) {
      assertThat(of("buy", "Shop#buy", i)).isEqualTo(of("buy", "Shop#buy", i));
    }

    assertThat(looks).isBetween(OFTEN, OFTEN + 1 + 2 * 1_600 / 16);
  }

  @Test
  void anotherKindOfTheSameHandlerIsFoundAndFromThenOnAllAreLookedAt() {
    String buy = of("buy", "Shop#buy", 0);
    for (int i = 0; i < 100; i++) {
      of("buy", "Shop#buy", 1);
    }
    int until = 0;
    while (of("sell", "Shop#buy", 2).equals(buy)) {
      until++;
    }

    assertThat(until).isLessThan(16);
    for (int i = 0; i < 100; i++) {
      assertThat(of("buy", "Shop#buy", 3)).isEqualTo(buy);
      assertThat(of("sell", "Shop#buy", 3)).isNotEqualTo(buy);
    }
  }

  @Test
  void handlersClassesAndWindowsAreTheirOwn() {
    String buy = of("buy", "Shop#buy", 0);
    for (int i = 0; i < 100; i++) {
      of("buy", "Shop#buy", 1);
    }

    assertThat(of("sell", "Shop#sell", 2)).isNotEqualTo(buy);
    assertThat(fingerprints.of(new IllegalStateException(), exchange("Shop#buy"), 2))
        .isNotEqualTo(buy);
    assertThat(of("sell", "Shop#buy", WINDOW + 1)).isNotEqualTo(buy);
  }

  @Test
  void whatIsThrownOutsideOfARequestIsAlwaysLookedAt() {
    for (int i = 0; i < 100; i++) {
      fingerprints.of(new Failure("run"), null, 0);
    }

    assertThat(looks).isEqualTo(100);
  }

  @Test
  void thousandsOfHandlersAreToldApart() {
    for (int i = 0; i < 3_000; i++) {
      assertThat(of("m" + i, "Shop#m" + i, 0)).isEqualTo(of("m" + i, "Shop#m" + i, 0));
    }
  }

  private String of(String method, String handler, long now) {
    return fingerprints.of(new Failure(method), exchange(handler), now);
  }

  private static Exchange exchange(String handler) {
    Exchange exchange = new Exchange(Exchange.Kind.SERVER, "test", 0);
    exchange.handler = handler;
    return exchange;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTableTest {

  private final LiveTable table = new LiveTable();

  @Test
  void countsServerExchangesInFlight() {
    Exchange server = enter(Exchange.Kind.SERVER, 1);
    enter(Exchange.Kind.CLIENT, 2);
    Exchange probe = new Exchange(Exchange.Kind.SERVER, "test", 0);
    probe.probe = true;
    table.enter(probe);

    assertThat(table.inFlight()).isEqualTo(1);

    table.leave(server);
    table.leave(server);
    assertThat(table.inFlight()).isZero();
  }

  @Test
  void exchangesThatBeginAtTheSameSlotStandSideBySide() {
    List<Exchange> seen = new ArrayList<>();
    Exchange first = enter(Exchange.Kind.SERVER, 8_191);
    Exchange second = enter(Exchange.Kind.SERVER, 8_191);

    table.forEach(seen::add);

    assertThat(seen).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void oneThatFindsNoSlotIsCountedAndHarmsNobody() {
    for (int i = 0; i < 16; i++) {
      enter(Exchange.Kind.SERVER, 5);
    }

    Exchange late = enter(Exchange.Kind.SERVER, 5);

    assertThat(table.overflow()).isEqualTo(1);
    assertThat(table.inFlight()).isEqualTo(16);
    table.leave(late);
    assertThat(table.inFlight()).isEqualTo(16);
  }

  @Test
  void manyCallsOfOneRequestWithoutZipkinFindTheirSlots() {
    for (int i = 0; i < 200; i++) {
      table.enter(new Exchange(Exchange.Kind.SERVER, "test", i));
    }

    assertThat(table.overflow()).isZero();
    assertThat(table.inFlight()).isEqualTo(200);
  }

  @Test
  void whatNeverEndsIsSweptOutAndCounted() {
    Exchange lost = new Exchange(Exchange.Kind.SERVER, "test", 0);
    Exchange young = new Exchange(Exchange.Kind.SERVER, "test", 900);
    table.enter(lost);
    table.enter(young);
    List<Exchange> left = new ArrayList<>();

    table.sweep(1_000, 500);

    table.forEach(left::add);
    assertThat(left).containsExactly(young);
    assertThat(table.agedOut()).isEqualTo(1);
  }

  private Exchange enter(Exchange.Kind kind, long spanId) {
    Exchange exchange = new Exchange(kind, "test", System.nanoTime());
    exchange.spanId = spanId;
    table.enter(exchange, (int) spanId);
    return exchange;
  }
}

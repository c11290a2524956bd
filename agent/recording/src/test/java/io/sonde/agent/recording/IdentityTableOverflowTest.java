// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityTableOverflowTest {

  private final IdentityTable table = new IdentityTable();

  @Test
  void oneRunnableQueuedAThousandTimesGetsItsOwnContextsOrNone() {
    Runnable task = () -> {};
    List<Exchange> submitted = add(task, 1_000);

    List<Exchange> started = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      started.add(table.take(task));
    }

    assertThat(started.subList(0, IdentityTable.MAX_CHAIN))
        .isEqualTo(submitted.subList(0, IdentityTable.MAX_CHAIN));
    assertThat(started.subList(IdentityTable.MAX_CHAIN, 1_000)).containsOnlyNulls();
    assertThat(table.isEmpty()).isTrue();
    assertThat(table.refused()).isEqualTo(1_000 - IdentityTable.MAX_CHAIN - 1);
  }

  @Test
  void laterRunsAreInStepAgain() {
    Runnable task = () -> {};
    add(task, 100);
    for (int i = 0; i < 90; i++) {
      table.take(task);
    }

    Exchange late = add(task, 1).get(0);
    for (int i = 0; i < 10; i++) {
      assertThat(table.take(task)).isNull();
    }

    assertThat(table.take(task)).isSameAs(late);
  }

  @Test
  void takesBackTheNewest() {
    Runnable task = () -> {};
    List<Exchange> submitted = add(task, 2);

    table.takeBack(task);

    assertThat(table.take(task)).isSameAs(submitted.get(0));
    assertThat(table.take(task)).isNull();
  }

  private List<Exchange> add(Runnable task, int times) {
    List<Exchange> added = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Exchange exchange = new Exchange(Exchange.Kind.SERVER, "test", i);
      table.add(task, exchange);
      added.add(exchange);
    }
    return added;
  }
}

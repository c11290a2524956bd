// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class IdentityTableTest {

  private final IdentityTable table = new IdentityTable();

  @Test
  void oneTaskSubmittedManyTimesKeepsEachParentInOrder() {
    Object task = new Object();
    Exchange first = exchange();
    Exchange second = exchange();
    Exchange third = exchange();

    table.add(task, first);
    table.add(task, second);
    table.add(task, third);

    assertThat(table.peek(task)).isSameAs(first);
    assertThat(table.take(task)).isSameAs(first);
    assertThat(table.take(task)).isSameAs(second);
    assertThat(table.take(task)).isSameAs(third);
    assertThat(table.take(task)).isNull();
    assertThat(table.isEmpty()).isTrue();
  }

  @Test
  void comparesByIdentityNotByEquals() {
    String task = new String("task");
    table.add(task, exchange());

    assertThat(table.take(new String("task"))).isNull();
    assertThat(table.take(task)).isNotNull();
  }

  @Test
  void takesBackTheNewest() {
    Object task = new Object();
    Exchange first = exchange();
    table.add(task, first);
    table.add(task, exchange());

    table.takeBack(task);
    table.takeBack(new Object());

    assertThat(table.take(task)).isSameAs(first);
    assertThat(table.isEmpty()).isTrue();
  }

  @Test
  void refusesAndCountsBeyondItsLimit() {
    List<Object> tasks = new ArrayList<>();
    for (int i = 0; i < IdentityTable.MAX_ENTRIES; i++) {
      tasks.add(new Object());
      table.add(tasks.get(i), exchange());
    }
    Object late = new Object();

    table.add(late, exchange());

    assertThat(table.take(late)).isNull();
    assertThat(table.refused()).isEqualTo(1);
    assertThat(table.size()).isEqualTo(IdentityTable.MAX_ENTRIES);
    assertThat(tasks).allMatch(task -> table.take(task) != null);
    table.add(late, exchange());
    assertThat(table.take(late)).isNotNull();
  }

  @Test
  void sweepsWhatIsOldAndWhatIsLongOver() {
    long now = System.nanoTime();
    Object running = new Object();
    Object over = new Object();
    Exchange ended = exchange();
    ended.end(now);
    table.add(running, exchange());
    table.add(over, ended);

    table.sweep(now + 100, 1_000_000_000L, 1_000);
    assertThat(table.size()).isEqualTo(2);

    table.sweep(now + 2_000, 1_000_000_000_000L, 1_000);
    assertThat(table.peek(over)).isNull();
    assertThat(table.peek(running)).isNotNull();

    table.sweep(now + 2_000_000_000_000L, 1_000_000_000_000L, 1_000);
    assertThat(table.isEmpty()).isTrue();
  }

  @Test
  void losesNothingBetweenThreads() throws Exception {
    int threads = 8;
    int rounds = 20_000;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Integer>> works = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        works.add(() -> wrongTakes(rounds));
      }

      for (Future<Integer> wrong : pool.invokeAll(works)) {
        assertThat(wrong.get()).isZero();
      }
      assertThat(table.size()).isZero();
      assertThat(table.refused()).isZero();
    } finally {
      pool.shutdownNow();
    }
  }

  /** Each thread has its own keys; the buckets are everybody's. */
  private int wrongTakes(int rounds) {
    int wrong = 0;
    Object[] keys = {new Object(), new Object(), new Object()};
    for (int i = 0; i < rounds; i++) {
      Object key = keys[i % keys.length];
      Exchange first = exchange();
      Exchange second = exchange();
      table.add(key, first);
      table.add(key, second);
      wrong += table.take(key) == first ? 0 : 1;
      wrong += table.take(key) == second ? 0 : 1;
    }
    return wrong;
  }

  private static Exchange exchange() {
    return new Exchange(Exchange.Kind.SERVER, "test", System.nanoTime());
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CheckTableTest {

  private final CheckTable table = new CheckTable();
  private final List<Supplier<?>> held = new ArrayList<>();

  @Test
  void replacesACheckOfTheSameNameAndLoader() {
    add("queue");
    Supplier<?> second = add("queue");

    assertThat(table.checks()).hasSize(1);
    assertThat(table.checks().get(0).supplier()).isSameAs(second);
  }

  @Test
  void removesByIdentity() {
    Supplier<?> one = add("one");
    add("two");

    table.remove(one);

    assertThat(table.checks()).extracting(CheckTable.Check::name).containsExactly("two");
  }

  @Test
  void countsWhatIsTooMuch() {
    for (int i = 0; i < 70; i++) {
      add("check " + i);
    }

    assertThat(table.checks()).hasSize(64);
    assertThat(table.refused()).isEqualTo(6);
  }

  @Test
  void keepsNoCheckAlive() {
    add("queue");
    held.clear();

    while (!table.checks().isEmpty()) {
      System.gc();
    }
  }

  private Supplier<?> add(String name) {
    Object own = new Object();
    Supplier<?> check = () -> own;
    held.add(check);
    table.add(name, check);
    return check;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SlotsTest {

  private static final int SIZE = 2_048;

  private final Slots<String> slots = new Slots<>(SIZE);

  @Test
  void keepsOneItemASlot() {
    assertThat(slots.put(7, null, "a")).isTrue();
    assertThat(slots.put(7, null, "b")).isFalse();
    assertThat(slots.put(7, "a", "c")).isTrue();
    assertThat(slots.remove(7, "a")).isFalse();

    assertThat(all()).containsExactly("c");
  }

  @Test
  void findsWhatIsThereHoweverOftenItIsTidied() {
    slots.put(0, null, "first");
    slots.put(511, null, "last of a group");
    slots.put(SIZE - 1, null, "last");
    slots.tidy();
    slots.remove(0, "first");
    slots.tidy();
    assertThat(all()).containsExactly("last of a group", "last");

    assertThat(slots.removeIf(item -> item.startsWith("last"))).isEqualTo(2);
    slots.tidy();
    assertThat(all()).isEmpty();

    slots.put(511, null, "again");
    assertThat(all()).containsExactly("again");
  }

  /** Whoever has entered is seen, though its group is found unused at that moment. */
  @Test
  void losesNothingThatEntersWhileItIsTidied() throws InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    Thread sweeper =
        new Thread(
            () -> {
              while (!stop.get()) {
                slots.tidy();
              }
            });
    sweeper.start();
    AtomicLong missed = new AtomicLong();
    for (int i = 0; i < 300_000; i++) {
      int slot = i % SIZE;
      slots.put(slot, null, "here");
      if (all().isEmpty()) {
        missed.incrementAndGet();
      }
      slots.remove(slot, "here");
    }
    stop.set(true);
    sweeper.join();

    assertThat(missed).hasValue(0);
  }

  private List<String> all() {
    List<String> found = new ArrayList<>();
    slots.forEach(found::add);
    return found;
  }
}

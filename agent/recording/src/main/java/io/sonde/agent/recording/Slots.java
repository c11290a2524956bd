// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An array of references, of which few are taken most of the time: groups of 512 in which none is
 * taken are passed over, so that looking through an idle service's table costs a hundredth.
 *
 * <p>Lock-free. A group is marked after a slot of it was taken, unless it is marked already; {@link
 * #tidy} takes the mark away in two steps, between which it looks at the slots once more: whoever
 * takes one meanwhile either is seen, or sees the first step and marks the group again.
 */
final class Slots<T> {

  private static final int GROUP_BITS = 9;

  private static final int UNUSED = 0;
  private static final int USED = 1;
  private static final int MAYBE_UNUSED = 2;

  private final AtomicReferenceArray<T> slots;
  private final AtomicIntegerArray groups;

  /**
   * @param size a power of 2, at least 512
   */
  Slots(int size) {
    slots = new AtomicReferenceArray<>(size);
    groups = new AtomicIntegerArray(size >> GROUP_BITS);
  }

  @Nullable T get(int slot) {
    return slots.get(slot);
  }

  /**
   * Any thread.
   *
   * @param expected null: the slot is free
   * @return false when something else is there
   */
  boolean put(int slot, @Nullable T expected, T item) {
    if (!slots.compareAndSet(slot, expected, item)) {
      return false;
    }
    int group = slot >> GROUP_BITS;
    if (groups.get(group) != USED) {
      groups.set(group, USED);
    }
    return true;
  }

  /** Any thread. False when something else is there. */
  boolean remove(int slot, T item) {
    return slots.compareAndSet(slot, item, null);
  }

  /** In no order. Any thread; what enters meanwhile may be missing. */
  void forEach(Consumer<? super T> action) {
    removeIf(
        item -> {
          action.accept(item);
          return false;
        });
  }

  /**
   * Any thread.
   *
   * @return how many were taken out
   */
  int removeIf(Predicate<? super T> gone) {
    int removed = 0;
    for (int group = 0; group < groups.length(); group++) {
      if (groups.get(group) == UNUSED) {
        continue;
      }
      for (int slot = first(group); slot < first(group + 1); slot++) {
        T item = slots.get(slot);
        if (item != null && gone.test(item) && remove(slot, item)) {
          removed++;
        }
      }
    }
    return removed;
  }

  /** Finds the groups that are used no more. One thread, every now and then. */
  void tidy() {
    for (int group = 0; group < groups.length(); group++) {
      if (groups.get(group) != UNUSED) {
        groups.set(group, MAYBE_UNUSED);
        groups.compareAndSet(group, MAYBE_UNUSED, isEmpty(group) ? UNUSED : USED);
      }
    }
  }

  private boolean isEmpty(int group) {
    for (int slot = first(group); slot < first(group + 1); slot++) {
      if (slots.get(slot) != null) {
        return false;
      }
    }
    return true;
  }

  private static int first(int group) {
    return group << GROUP_BITS;
  }
}

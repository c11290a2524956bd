// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Slots of equal length, the oldest of which is used again.
 *
 * <pre>
 *  number  … 41 42 43 44 45 46            a window of 4 slots, asked in the middle of 46,
 *               └── window ──┘            is 42 to 46: four whole ones and the one that runs
 *             41 is the spare: 47 may begin in it while a reader is at 42
 * </pre>
 */
final class SlotRing {

  /** The sum of no slots; never written. */
  private static final Slot NOTHING = new Slot(new CoarseDurations());

  private final int slotSeconds;
  private final Supplier<Durations> kind;
  private final @Nullable Slot[] slots;

  /** The slot that was found last, and its first second: the next request is in it, too. */
  private @Nullable Slot last;

  private long lastFrom;

  /**
   * @param windowSlots slots of the longest window that is asked for
   * @param kind makes the buckets of a slot, when it is first used
   */
  SlotRing(int slotSeconds, int windowSlots, Supplier<Durations> kind) {
    this.slotSeconds = slotSeconds;
    this.kind = kind;
    this.slots = new Slot[windowSlots + 2];
  }

  int slotSeconds() {
    return slotSeconds;
  }

  int slots() {
    return slots.length;
  }

  boolean holds(int seconds) {
    return seconds % slotSeconds == 0 && seconds / slotSeconds + 2 <= slots.length;
  }

  /** The slot of that second, or null when it is over. The writing thread. */
  @Nullable Slot at(long second) {
    if (last != null && second >= lastFrom && second - lastFrom < slotSeconds) {
      return last;
    }
    Slot slot = find(second);
    if (slot != null) {
      last = slot;
      lastFrom = slot.number * slotSeconds;
    }
    return slot;
  }

  private @Nullable Slot find(long second) {
    long number = Math.floorDiv(second, (long) slotSeconds);
    int index = (int) Math.floorMod(number, (long) slots.length);
    Slot slot = slots[index];
    if (slot == null) {
      slot = new Slot(kind.get());
      slot.begin(number);
      slots[index] = slot;
    } else if (slot.number != number) {
      if (slot.number > number) {
        return null;
      }
      slot.begin(number);
    }
    return slot;
  }

  /**
   * Adds up the window that ends now. Any thread, after it has read what the writing thread has
   * published.
   */
  Slot sum(int seconds, long nowSecond) {
    if (isSilent(seconds, nowSecond)) {
      return NOTHING;
    }
    Slot sum = new Slot(kind.get());
    // A reader that is held up for seconds may see a slot begin anew: then it begins anew, too.
    while (!add(sum, seconds, nowSecond)) {
      sum.begin(Slot.EMPTY);
    }
    return sum;
  }

  private boolean isSilent(int seconds, long nowSecond) {
    long first = Math.floorDiv(nowSecond, (long) slotSeconds) - seconds / slotSeconds;
    for (Slot slot : slots) {
      if (slot != null && slot.number >= first) {
        return false;
      }
    }
    return true;
  }

  private boolean add(Slot sum, int seconds, long nowSecond) {
    long last = Math.floorDiv(nowSecond, (long) slotSeconds);
    long first = last - seconds / slotSeconds;
    for (Slot slot : slots) {
      long number = slot == null ? Slot.EMPTY : slot.number;
      if (slot != null && number >= first && number <= last) {
        sum.add(slot);
        if (slot.number != number) {
          return false;
        }
      }
    }
    return true;
  }
}

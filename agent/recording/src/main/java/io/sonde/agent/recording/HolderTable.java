// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Who holds which connection, by the connection's identity hash and never by reference: a reference
 * would keep a closed application's class loader, and would hide a leak from those pools that find
 * it through the garbage collector. Two connections of one hash (of two thousand million) are taken
 * for one.
 *
 * <p>Lock-free and bounded. A connection tries a few slots from that of its hash on; when all are
 * taken its holder is not shown, and that is counted. Whoever never comes back is forgotten with
 * the pool, or after a day.
 */
public final class HolderTable {

  static final int SLOTS = 4_096;
  static final int TRIES = 8;

  private static final long MAX_AGE_NANOS = TimeUnit.DAYS.toNanos(1);

  private final Slots<PoolUse> slots = new Slots<>(SLOTS);
  private final LongAdder overflow = new LongAdder();
  private volatile long agedOut;

  /** Any thread. */
  void enter(Object connection, PoolUse use) {
    int key = System.identityHashCode(connection);
    use.key = key;
    for (int round = 0; round < TRIES; round++) {
      int free = -1;
      for (int i = 0; i < TRIES; i++) {
        int slot = slot(key, i);
        PoolUse there = slots.get(slot);
        if (there == null) {
          free = free < 0 ? slot : free;
        } else if (there.key == key) {
          // Given again though nobody saw it come back.
          slots.put(slot, there, use);
          return;
        }
      }
      if (free < 0) {
        break;
      }
      if (slots.put(free, null, use)) {
        return;
      }
    }
    overflow.increment();
  }

  /** Any thread; a connection that is not here, or not any more, changes nothing. */
  void leave(Object connection) {
    int key = System.identityHashCode(connection);
    for (int i = 0; i < TRIES; i++) {
      int slot = slot(key, i);
      PoolUse there = slots.get(slot);
      if (there != null && there.key == key) {
        slots.remove(slot, there);
        return;
      }
    }
  }

  /** Whoever holds a connection of it for so long; the longest first. Any thread. */
  public List<PoolUse> of(ConnectionSource source, long heldMillis) {
    long now = System.nanoTime();
    List<PoolUse> found = new ArrayList<>();
    slots.forEach(
        use -> {
          if (use.source == source && use.heldMillis(now) >= heldMillis) {
            found.add(use);
          }
        });
    found.sort(Comparator.comparingLong((PoolUse use) -> use.heldMillis(now)).reversed());
    return found;
  }

  /** Holders that found no slot since the start. */
  public long overflow() {
    return overflow.sum();
  }

  /** Holders that were forgotten after a day, since the start. */
  public long agedOut() {
    return agedOut;
  }

  /** It is closed. */
  void forget(ConnectionSource source) {
    slots.removeIf(use -> use.source == source);
  }

  /** The pipeline's thread. */
  void sweep(long nowNanos, long graceNanos) {
    long maxMillis = TimeUnit.NANOSECONDS.toMillis(MAX_AGE_NANOS);
    slots.forEach(use -> use.settle(nowNanos, graceNanos));
    agedOut += slots.removeIf(use -> use.heldMillis(nowNanos) > maxMillis);
    slots.tidy();
  }

  private static int slot(int key, int i) {
    return ((key ^ key >>> 12) + i) & (SLOTS - 1);
  }
}

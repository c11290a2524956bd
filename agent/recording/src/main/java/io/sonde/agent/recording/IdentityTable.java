// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges by the identity of an object: contexts by task, client exchanges by connection. One
 * object may have several, first in first out.
 *
 * <p>Lock-free: a bucket is an immutable list that is replaced by compare-and-set. Bounded: beyond
 * {@link #MAX_ENTRIES} nothing is added, and that is counted. Entries of exchanges that are long
 * over are swept away by the pipeline, so that a task that never ran holds nothing for long.
 */
final class IdentityTable {

  static final int MAX_ENTRIES = 16_384;

  /**
   * In one bucket. Only one object that is added over and over gets there: a Runnable queued a
   * thousand times. What comes beyond is a count of runs that start clean, so that the later ones
   * do not take what is meant for others.
   */
  static final int MAX_CHAIN = 64;

  private static final int BUCKETS = 4_096;

  private static final class Entry {
    final Object key;

    /** Null: so many runs start clean. */
    final @Nullable Exchange exchange;

    final int count;
    final long sinceNanos;
    final @Nullable Entry next;
    final int length;

    Entry(
        Object key, @Nullable Exchange exchange, int count, long sinceNanos, @Nullable Entry next) {
      this.key = key;
      this.exchange = exchange;
      this.count = count;
      this.sinceNanos = sinceNanos;
      this.next = next;
      this.length = next == null ? 1 : next.length + 1;
    }

    Entry before(@Nullable Entry newNext) {
      return new Entry(key, exchange, count, sinceNanos, newNext);
    }

    Entry counting(int newCount) {
      return new Entry(key, exchange, newCount, sinceNanos, next);
    }
  }

  private final AtomicReferenceArray<@Nullable Entry> buckets = new AtomicReferenceArray<>(BUCKETS);
  private final AtomicInteger size = new AtomicInteger();
  private final LongAdder refused = new LongAdder();

  boolean isEmpty() {
    return size.get() == 0;
  }

  int size() {
    return size.get();
  }

  /** Entries that were not taken since the table was full. */
  long refused() {
    return refused.sum();
  }

  /** Adds behind what the key already has. */
  void add(Object key, Exchange exchange) {
    if (size.incrementAndGet() > MAX_ENTRIES) {
      size.decrementAndGet();
      refused.increment();
      return;
    }
    int bucket = bucket(key);
    while (true) {
      Entry head = buckets.get(bucket);
      boolean fits = head == null || head.length < MAX_CHAIN;
      Entry clean = fits ? null : newest(head, key);
      if (clean != null && clean.exchange == null) {
        if (replace(bucket, head, clean, clean.counting(clean.count + 1))) {
          size.decrementAndGet();
          refused.increment();
          return;
        }
      } else if (buckets.compareAndSet(
          bucket, head, new Entry(key, fits ? exchange : null, 1, System.nanoTime(), head))) {
        return;
      }
    }
  }

  /** The oldest of the key, or null. It stays. */
  @Nullable Exchange peek(Object key) {
    Entry oldest = oldest(buckets.get(bucket(key)), key);
    return oldest == null ? null : oldest.exchange;
  }

  /** The oldest of the key, or null. It is gone then. */
  @Nullable Exchange take(Object key) {
    int bucket = bucket(key);
    while (true) {
      Entry head = buckets.get(bucket);
      Entry oldest = oldest(head, key);
      if (oldest == null || replaced(bucket, head, oldest)) {
        return oldest == null ? null : oldest.exchange;
      }
    }
  }

  /** Removes the newest of the key, if there is one. */
  void takeBack(Object key) {
    int bucket = bucket(key);
    while (true) {
      Entry head = buckets.get(bucket);
      Entry newest = newest(head, key);
      if (newest == null || replaced(bucket, head, newest)) {
        return;
      }
    }
  }

  /** Takes one of the entry away. */
  private boolean replaced(int bucket, @Nullable Entry head, Entry gone) {
    if (gone.count > 1) {
      return replace(bucket, head, gone, gone.counting(gone.count - 1));
    }
    if (!replace(bucket, head, gone, gone.next)) {
      return false;
    }
    size.decrementAndGet();
    return true;
  }

  /** Copies the entries in front of {@code old}; those behind it are shared. */
  private boolean replace(
      int bucket, @Nullable Entry head, Entry old, @Nullable Entry replacement) {
    return buckets.compareAndSet(bucket, head, copy(head, old, replacement));
  }

  private static @Nullable Entry copy(
      @Nullable Entry head, Entry old, @Nullable Entry replacement) {
    return head == null || head == old
        ? replacement
        : head.before(copy(head.next, old, replacement));
  }

  /** Removes what is older than {@code maxAgeNanos}, and what ended {@code graceNanos} ago. */
  void sweep(long nowNanos, long maxAgeNanos, long graceNanos) {
    for (int bucket = 0; bucket < BUCKETS && !isEmpty(); bucket++) {
      for (Entry entry = buckets.get(bucket); entry != null; entry = entry.next) {
        if (nowNanos - entry.sinceNanos > maxAgeNanos
            || entry.exchange != null && entry.exchange.endedBefore(nowNanos, graceNanos)) {
          take(entry.key);
        }
      }
    }
  }

  /** New entries stand in front: the last match is the oldest. */
  private static @Nullable Entry oldest(@Nullable Entry head, Object key) {
    Entry oldest = null;
    for (Entry entry = head; entry != null; entry = entry.next) {
      if (entry.key == key) {
        oldest = entry;
      }
    }
    return oldest;
  }

  private static @Nullable Entry newest(@Nullable Entry head, Object key) {
    Entry entry = head;
    while (entry != null && entry.key != key) {
      entry = entry.next;
    }
    return entry;
  }

  private static int bucket(Object key) {
    int hash = System.identityHashCode(key);
    return (hash ^ hash >>> 12) & (BUCKETS - 1);
  }
}

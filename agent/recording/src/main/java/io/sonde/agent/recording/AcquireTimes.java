// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * How long connections were waited for, counted in place: a pool of Redis connections may be asked
 * 50,000 times a second, too often for the queue that requests go through.
 *
 * <p>Four buckets for each doubling, from 1 µs to 64 s: a percentile is at most 19 % too high.
 * Counts only grow; who wants a window keeps an earlier {@link #counts} and subtracts.
 */
public final class AcquireTimes {

  private static final int PER_DOUBLING = 4;
  private static final int BUCKETS = 27 * PER_DOUBLING;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
  private final AtomicLong timeouts = new AtomicLong();

  void add(long nanos, @Nullable Throwable thrown) {
    counts.incrementAndGet(bucket(nanos / 1_000));
    if (thrown != null && isTimeout(thrown)) {
      timeouts.incrementAndGet();
    }
  }

  /** Attempts that ended since no connection became free in time. */
  public long timeouts() {
    return timeouts.get();
  }

  /** A copy. */
  public long[] counts() {
    long[] copy = new long[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      copy[i] = counts.get(i);
    }
    return copy;
  }

  /**
   * In milliseconds; NaN when nothing was counted.
   *
   * @param share 0.95 for the 95th percentile, 1 for the highest
   */
  public static double percentile(long[] counts, double share) {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    long rank = Math.max(1, (long) Math.ceil(total * share));
    long sum = 0;
    for (int i = 0; total > 0 && i < counts.length; i++) {
      sum += counts[i];
      if (sum >= rank) {
        return upperMicros(i) / 1_000.0;
      }
    }
    return Double.NaN;
  }

  /**
   * MongoTimeoutException, JedisExhaustedPoolException, commons-pool's NoSuchElementException: by
   * name, since their classes are the application's.
   */
  private static boolean isTimeout(Throwable thrown) {
    String type = thrown.getClass().getName();
    return type.endsWith("TimeoutException")
        || type.endsWith("ExhaustedPoolException")
        || type.endsWith("WaitQueueFullException")
        || "java.util.NoSuchElementException".equals(RootCause.of(thrown).getClass().getName());
  }

  static int bucket(long micros) {
    if (micros < 1) {
      return 0;
    }
    int doubling = 63 - Long.numberOfLeadingZeros(micros);
    long within = doubling < 2 ? 0 : micros >>> doubling - 2 & PER_DOUBLING - 1;
    if (doubling == 1) {
      within = (micros & 1) * 2;
    }
    return (int) Math.min(BUCKETS - 1, doubling * PER_DOUBLING + within);
  }

  static double upperMicros(int bucket) {
    int doubling = bucket / PER_DOUBLING;
    return Math.scalb(1 + (bucket % PER_DOUBLING + 1) / (double) PER_DOUBLING, doubling);
  }
}

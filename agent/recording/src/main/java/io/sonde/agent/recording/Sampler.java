// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Head sampling where the caller has not decided: a share, and at most so many a second. Any
 * thread; no lock. The settings may change while running.
 */
final class Sampler {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int COUNT_BITS = 24;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  private volatile double rate;
  private volatile long perSecond;

  /** Upper bits: the second; lower 24 bits: how many were taken in it. */
  private final AtomicLong window = new AtomicLong();

  Sampler(double rate, long perSecond) {
    this.rate = rate;
    this.perSecond = perSecond;
  }

  void set(double newRate, long newPerSecond) {
    rate = newRate;
    perSecond = newPerSecond;
  }

  boolean sample(long nowNanos) {
    double share = rate;
    return (share >= 1 || ThreadLocalRandom.current().nextDouble() < share)
        && withinLimit(nowNanos);
  }

  /** Also for forced traces (B3 debug), so that a caller cannot flood us. */
  boolean withinLimit(long nowNanos) {
    long limit = perSecond;
    if (limit >= COUNT_MASK) {
      return true;
    }
    long second = (nowNanos / NANOS_PER_SECOND) << COUNT_BITS;
    while (true) {
      long seen = window.get();
      long taken = (seen & ~COUNT_MASK) == second ? seen & COUNT_MASK : 0;
      if (taken >= limit) {
        return false;
      }
      if (window.compareAndSet(seen, second | (taken + 1))) {
        return true;
      }
    }
  }
}

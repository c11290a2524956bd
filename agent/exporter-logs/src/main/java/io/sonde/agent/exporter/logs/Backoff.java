// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * When to try again: after a quarter of a second, then twice as long each time up to a limit. With
 * jitter, since a fleet of agents must not knock at the same moment. One thread.
 */
final class Backoff {

  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** Doublings; more would overflow. */
  private static final int MAX_DOUBLINGS = 10;

  private final long maxNanos;
  private int failures;
  private long dueAt = System.nanoTime();

  Backoff(long maxNanos) {
    this.maxNanos = maxNanos;
  }

  void failed() {
    long most = Math.min(maxNanos, FIRST_NANOS << Math.min(failures, MAX_DOUBLINGS));
    dueAt = System.nanoTime() + (long) (most * ThreadLocalRandom.current().nextDouble(0.8, 1));
    failures++;
  }

  /** Begins anew; what was to be waited for still is. */
  void reset() {
    failures = 0;
  }

  /** Forgets all but so many failures. */
  void atMost(int count) {
    failures = Math.min(failures, count);
  }

  int failures() {
    return failures;
  }

  boolean due() {
    return System.nanoTime() - dueAt >= 0;
  }

  /** As {@link System#nanoTime} has it. */
  long dueAt() {
    return dueAt;
  }
}

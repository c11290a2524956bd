// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.concurrent.ThreadLocalRandom;

/** How long a destination is left alone that has failed. */
public final class RetryWait {

  /** More would overflow. */
  private static final int MAX_DOUBLINGS = 10;

  private RetryWait() {}

  /**
   * Between half and all of a time that doubles with each failure, so that a fleet of agents does
   * not knock at the same moment.
   *
   * @param failures in a row, the last one included; after none there is nothing to wait for
   * @param firstNanos what the time is after the first
   */
  public static long nanos(int failures, long firstNanos, long longestNanos) {
    if (failures == 0) {
      return 0;
    }
    long most = Math.min(longestNanos, firstNanos << Math.min(failures - 1, MAX_DOUBLINGS));
    return most / 2 + ThreadLocalRandom.current().nextLong(most / 2);
  }
}

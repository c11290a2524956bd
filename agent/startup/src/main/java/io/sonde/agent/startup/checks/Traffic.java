// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.LiveTable;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** What goes on right now, and whether what has happened was counted yet. Any thread. */
final class Traffic {

  private final LiveTable live;
  private final LongSupplier lastCompletedNanos;
  private final BooleanSupplier upToDate;
  private final LongSupplier nanoTime;

  /**
   * @param upToDate false while finished requests wait to be counted
   */
  Traffic(
      LiveTable live,
      LongSupplier lastCompletedNanos,
      BooleanSupplier upToDate,
      LongSupplier nanoTime) {
    this.live = live;
    this.lastCompletedNanos = lastCompletedNanos;
    this.upToDate = upToDate;
    this.nanoTime = nanoTime;
  }

  InFlight inFlight(long stuckNanos) {
    return InFlight.of(live, stuckNanos, nanoTime.getAsLong());
  }

  boolean isUpToDate() {
    return upToDate.getAsBoolean();
  }

  /** Nothing is in flight, and nothing waits to be counted: silence means that nobody asks. */
  boolean isIdle() {
    return isUpToDate() && inFlight(Long.MAX_VALUE).count == 0;
  }

  /** How long nothing has been completed. */
  long silenceNanos(long nowNanos) {
    return nowNanos - lastCompletedNanos.getAsLong();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.health.Hysteresis;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * From when on a pool warns: callers wait, or wait long, or get nothing; from when on the holder of
 * a connection is named; and which pools the service cannot do without. Immutable.
 */
public final class PoolLimits {

  final long heldAfterMillis;
  final long leakAfterMillis;
  final long deadAfterNanos;

  /** Of 1 where callers wait and none is idle, else 0. */
  final Hysteresis.Builder saturated;

  /** Of what callers waited, 95th percentile, in milliseconds. */
  final Hysteresis.Builder slow;

  private final Set<String> required;

  /**
   * @param required names of pools
   */
  public PoolLimits(
      long heldAfterMillis,
      long leakAfterMillis,
      long deadAfterMillis,
      long saturatedAfterMillis,
      double slowMillis,
      Collection<String> required) {
    this.heldAfterMillis = heldAfterMillis;
    this.leakAfterMillis = leakAfterMillis;
    this.deadAfterNanos = TimeUnit.MILLISECONDS.toNanos(deadAfterMillis);
    this.saturated = Hysteresis.warnAbove(1, 1).worsenAfter(ticks(saturatedAfterMillis));
    this.slow = Hysteresis.warnAbove(slowMillis, slowMillis * 0.7);
    this.required = new HashSet<>(required);
  }

  /** Of the health thread, which looks every 2 s: the first one begins the time. */
  private static int ticks(long millis) {
    return (int) (millis / 2_000);
  }

  boolean requires(String pool) {
    return required.contains(pool);
  }
}

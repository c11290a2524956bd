// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

/** One attempt to get a connection out of a pool. Immutable. */
public final class PoolUse {

  private final String pool;
  private final long waitedNanos;
  private final boolean timedOut;

  public PoolUse(String pool, long waitedNanos, boolean timedOut) {
    this.pool = pool;
    this.waitedNanos = waitedNanos;
    this.timedOut = timedOut;
  }

  /** The pool's name, e.g. {@code HikariPool-1}. */
  public String pool() {
    return pool;
  }

  public long waitedNanos() {
    return waitedNanos;
  }

  /** True when no connection was given in time. */
  public boolean timedOut() {
    return timedOut;
  }
}

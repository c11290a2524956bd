// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * From when on a connection's holder is named, and a pool that gives nothing is dead; and which
 * pools the service cannot do without.
 */
public final class PoolLimits {

  final long heldAfterMillis;
  final long leakAfterMillis;
  final long deadAfterNanos;
  private final Set<String> required;

  /**
   * @param required names of pools
   */
  public PoolLimits(
      long heldAfterMillis,
      long leakAfterMillis,
      long deadAfterMillis,
      Collection<String> required) {
    this.heldAfterMillis = heldAfterMillis;
    this.leakAfterMillis = leakAfterMillis;
    this.deadAfterNanos = TimeUnit.MILLISECONDS.toNanos(deadAfterMillis);
    this.required = new HashSet<>(required);
  }

  boolean requires(String pool) {
    return required.contains(pool);
  }
}

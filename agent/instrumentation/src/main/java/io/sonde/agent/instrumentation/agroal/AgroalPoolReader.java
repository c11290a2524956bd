// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.agroal;

import io.sonde.agent.instrumentation.pool.Getters;
import io.sonde.agent.instrumentation.pool.PoolReader;

/** Reads an {@code io.agroal.pool.ConnectionPool}: public getters, no lock. */
public final class AgroalPoolReader implements PoolReader {

  /** Agroal gives its pools no names. */
  @Override
  public String name(Object pool) {
    return AgroalInstrumentation.KIND;
  }

  @Override
  public int active(Object pool) {
    return Getters.number(pool, "activeCount");
  }

  @Override
  public int idle(Object pool) {
    return Getters.number(pool, "availableCount");
  }

  @Override
  public int max(Object pool) {
    return Getters.number(Getters.call(pool, "getConfiguration"), "maxSize");
  }

  @Override
  public int waiting(Object pool) {
    return Getters.number(pool, "awaitingCount");
  }

  @Override
  public boolean closed(Object pool) {
    return Getters.isTrue(Getters.call(Getters.field(pool, "housekeepingExecutor"), "isShutdown"));
  }
}

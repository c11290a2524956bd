// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.hikari;

import io.sonde.agent.instrumentation.pool.Getters;
import io.sonde.agent.instrumentation.pool.PoolReader;
import org.jspecify.annotations.Nullable;

/** Reads a {@code com.zaxxer.hikari.pool.HikariPool}: public members, no lock. */
public final class HikariPoolReader implements PoolReader {

  /** As configured or made up by Hikari, e.g. {@code HikariPool-1}. */
  @Override
  public String name(Object pool) {
    return Getters.textOr(Getters.call(config(pool), "getPoolName"), HikariInstrumentation.KIND);
  }

  @Override
  public int active(Object pool) {
    return Getters.number(pool, "getActiveConnections");
  }

  @Override
  public int idle(Object pool) {
    return Getters.number(pool, "getIdleConnections");
  }

  @Override
  public int max(Object pool) {
    return Getters.number(config(pool), "getMaximumPoolSize");
  }

  @Override
  public int waiting(Object pool) {
    return Getters.number(pool, "getThreadsAwaitingConnection");
  }

  /** {@code POOL_SHUTDOWN}. */
  @Override
  public boolean closed(Object pool) {
    return Getters.number(Getters.field(pool, "poolState")) == 2;
  }

  private static @Nullable Object config(Object pool) {
    return Getters.field(pool, "config");
  }
}

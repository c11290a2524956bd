// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.c3p0;

import io.sonde.agent.instrumentation.pool.Getters;
import io.sonde.agent.instrumentation.pool.PoolReader;
import java.util.ConcurrentModificationException;
import java.util.Map;

/**
 * Reads a c3p0 data source, all its users' pools together. Its fields rather than its getters: they
 * would create the pool and connect. The pool's counters take its lock, which is not held while it
 * connects.
 */
public final class C3p0PoolReader implements PoolReader {

  /** As configured; else it is a token that differs from run to run. */
  @Override
  public String name(Object pool) {
    Object name = Getters.field(pool, "dataSourceName");
    boolean madeUp = name == null || name.equals(Getters.field(pool, "identityToken"));
    return madeUp ? C3p0Instrumentation.KIND : Getters.textOr(name, C3p0Instrumentation.KIND);
  }

  @Override
  public int active(Object pool) {
    return sum(pool, "getNumBusyConnections");
  }

  @Override
  public int idle(Object pool) {
    return sum(pool, "getNumIdleConnections");
  }

  @Override
  public int max(Object pool) {
    return Getters.number(pool, "getMaxPoolSize");
  }

  @Override
  public int waiting(Object pool) {
    return sum(pool, "getNumThreadsAwaitingCheckout");
  }

  @Override
  public boolean closed(Object pool) {
    return Getters.isTrue(Getters.field(pool, "is_closed"));
  }

  private static int sum(Object source, String getter) {
    Object pools = Getters.field(Getters.field(source, "poolManager"), "authsToPools");
    if (!(pools instanceof Map)) {
      return -1;
    }
    try {
      int sum = 0;
      for (Object pool : ((Map<?, ?>) pools).values()) {
        sum += Math.max(0, Getters.number(pool, getter));
      }
      return sum;
    } catch (ConcurrentModificationException e) {
      // Another user's pool was added this moment, under a lock that is held while it connects.
      return -1;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.ucp;

import io.sonde.agent.instrumentation.pool.Getters;
import io.sonde.agent.instrumentation.pool.PoolReader;

/** Reads an {@code oracle.ucp.UniversalConnectionPool}: public getters. */
public final class UcpPoolReader implements PoolReader {

  /** As configured; a made-up name has a hash in it. */
  @Override
  public String name(Object pool) {
    String name = Getters.textOr(Getters.call(pool, "getName"), UcpInstrumentation.KIND);
    return name.startsWith("UniversalConnectionPool") ? UcpInstrumentation.KIND : name;
  }

  @Override
  public int active(Object pool) {
    return Getters.number(pool, "getBorrowedConnectionsCount");
  }

  @Override
  public int idle(Object pool) {
    return Getters.number(pool, "getAvailableConnectionsCount");
  }

  @Override
  public int max(Object pool) {
    return Getters.number(pool, "getMaxPoolSize");
  }

  @Override
  public int waiting(Object pool) {
    return Getters.number(Getters.call(pool, "getStatistics"), "getPendingRequestsCount");
  }

  @Override
  public boolean closed(Object pool) {
    return "Stopped".equals(String.valueOf(Getters.call(pool, "getLifeCycleState")));
  }
}

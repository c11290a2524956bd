// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.tomcatjdbc;

import io.sonde.agent.instrumentation.pool.Getters;
import io.sonde.agent.instrumentation.pool.PoolReader;

/** Reads a {@code org.apache.tomcat.jdbc.pool.ConnectionPool}: public getters, no lock. */
public final class TomcatJdbcPoolReader implements PoolReader {

  /** As configured; a made-up name has an identity hash in it. */
  @Override
  public String name(Object pool) {
    String name = Getters.textOr(Getters.call(pool, "getName"), TomcatJdbcInstrumentation.KIND);
    return name.startsWith("Tomcat Connection Pool[") ? TomcatJdbcInstrumentation.KIND : name;
  }

  @Override
  public int active(Object pool) {
    return Getters.number(pool, "getActive");
  }

  @Override
  public int idle(Object pool) {
    return Getters.number(pool, "getIdle");
  }

  @Override
  public int max(Object pool) {
    return Getters.number(Getters.call(pool, "getPoolProperties"), "getMaxActive");
  }

  @Override
  public int waiting(Object pool) {
    return Getters.number(pool, "getWaitCount");
  }

  @Override
  public boolean closed(Object pool) {
    return Getters.isTrue(Getters.call(pool, "isClosed"));
  }
}

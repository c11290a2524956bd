// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.dbcp2;

import io.sonde.agent.instrumentation.pool.Getters;
import io.sonde.agent.instrumentation.pool.PoolReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code BasicDataSource} of DBCP 2. Its own getters are synchronized, and its lock is held
 * while it connects: the pool behind it is asked instead, which counts without one.
 */
public final class Dbcp2PoolReader implements PoolReader {

  /** Its name in JMX, when it has one. */
  @Override
  public String name(Object pool) {
    return Getters.textOr(Getters.call(pool, "getJmxName"), Dbcp2Instrumentation.KIND);
  }

  @Override
  public int active(Object pool) {
    return Getters.number(objects(pool), "getNumActive");
  }

  @Override
  public int idle(Object pool) {
    return Getters.number(objects(pool), "getNumIdle");
  }

  @Override
  public int max(Object pool) {
    return Getters.number(Getters.field(pool, "maxTotal"));
  }

  @Override
  public int waiting(Object pool) {
    return Getters.number(objects(pool), "getNumWaiters");
  }

  @Override
  public boolean closed(Object pool) {
    return Getters.isTrue(Getters.field(pool, "closed"));
  }

  /** Null until the first connection is asked for, and while the database is not there at first. */
  private static @Nullable Object objects(Object pool) {
    return Getters.field(pool, "connectionPool");
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.druid;

import io.sonde.agent.instrumentation.pool.Getters;
import io.sonde.agent.instrumentation.pool.PoolReader;

/**
 * Reads a {@code DruidDataSource}. Its fields rather than its getters: some of those take the
 * pool's lock. A number may be a moment old.
 */
public final class DruidPoolReader implements PoolReader {

  /** As configured; a made-up name has an identity hash in it. */
  @Override
  public String name(Object pool) {
    String name = Getters.textOr(Getters.field(pool, "name"), DruidInstrumentation.KIND);
    return name.startsWith("DataSource-") ? DruidInstrumentation.KIND : name;
  }

  @Override
  public int active(Object pool) {
    return Getters.number(Getters.field(pool, "activeCount"));
  }

  @Override
  public int idle(Object pool) {
    return Getters.number(Getters.field(pool, "poolingCount"));
  }

  @Override
  public int max(Object pool) {
    return Getters.number(Getters.field(pool, "maxActive"));
  }

  @Override
  public int waiting(Object pool) {
    return Getters.number(Getters.field(pool, "notEmptyWaitThreadCount"));
  }

  @Override
  public boolean closed(Object pool) {
    return Getters.isTrue(Getters.field(pool, "closed"));
  }
}

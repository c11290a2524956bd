// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.exporter.statsd.StatsdExporter;
import io.sonde.agent.recording.Exporter;
import io.sonde.agent.recording.PoolTable;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntBiFunction;

/**
 * Registers the gauges of each connection pool with statsd once the pool is seen: {@code
 * pool.active}, {@code .idle}, {@code .max}, {@code .waiting}. On the pipeline's thread.
 */
final class PoolGauges implements Exporter {

  private final PoolTable pools;
  private final StatsdExporter statsd;
  private final Set<String> registered = new HashSet<>();

  PoolGauges(PoolTable pools, StatsdExporter statsd) {
    this.pools = pools;
    this.statsd = statsd;
  }

  @Override
  public String name() {
    return "pool-gauges";
  }

  @Override
  public void tick(long nowNanos) {
    for (PoolTable.Pool pool : pools.pools()) {
      if (registered.add(pool.name())) {
        gauge(pool, "active", PoolTable.Reader::active);
        gauge(pool, "idle", PoolTable.Reader::idle);
        gauge(pool, "max", PoolTable.Reader::max);
        gauge(pool, "waiting", PoolTable.Reader::waiting);
      }
    }
  }

  private void gauge(
      PoolTable.Pool pool, String item, ToIntBiFunction<PoolTable.Reader, Object> getter) {
    Map<String, String> tags = Collections.singletonMap("pool", pool.name());
    statsd.gauge(
        "pool." + item,
        tags,
        () -> {
          Object target = pool.target();
          return target == null ? Double.NaN : getter.applyAsInt(pool.reader(), target);
        });
  }
}

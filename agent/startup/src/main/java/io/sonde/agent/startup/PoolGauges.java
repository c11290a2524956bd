// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.exporter.statsd.StatsdExporter;
import io.sonde.agent.recording.Exporter;
import io.sonde.agent.recording.PoolTable;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToIntBiFunction;

/**
 * Registers the gauges of each connection pool with statsd once the pool is seen: {@code
 * pool.active}, {@code .idle}, {@code .max}, {@code .waiting}. On the pipeline's thread.
 */
final class PoolGauges implements Exporter {

  /** Each look asks every pool whether it is closed. */
  private static final long LOOK_NANOS = 1_000_000_000;

  private final PoolTable pools;
  private final StatsdExporter statsd;
  private final Set<String> registered = new HashSet<>();
  private long lastLookNanos = System.nanoTime() - LOOK_NANOS;

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
    if (nowNanos - lastLookNanos < LOOK_NANOS) {
      return;
    }
    lastLookNanos = nowNanos;
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
    String name = pool.name();
    statsd.gauge("pool." + item, Collections.singletonMap("pool", name), () -> value(name, getter));
  }

  /** By name: a pool that was closed may be opened again, as another object. */
  private double value(String name, ToIntBiFunction<PoolTable.Reader, Object> getter) {
    PoolTable.Pool pool = pools.named(name);
    Object target = pool == null ? null : pool.target();
    int value = target == null ? -1 : getter.applyAsInt(pool.reader(), target);
    return value < 0 ? Double.NaN : value;
  }
}

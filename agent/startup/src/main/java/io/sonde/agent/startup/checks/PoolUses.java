// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.PoolUse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** How long each pool's connections were waited for, over the last one to two minutes. */
final class PoolUses {

  private static final int MAX_POOLS = 64;
  private static final long HALF_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long MAX_MICROS = 60_000_000;

  /** Immutable, published once a second. */
  static final class Summary {
    final double acquireP95Millis;
    final double acquireMaxMillis;
    final long timeouts;
    final long lastSuccessEpochMillis;

    Summary(double p95, double max, long timeouts, long lastSuccess) {
      this.acquireP95Millis = p95;
      this.acquireMaxMillis = max;
      this.timeouts = timeouts;
      this.lastSuccessEpochMillis = lastSuccess;
    }
  }

  /** Written on the pipeline's thread only. */
  private static final class Window {
    Histogram current = new Histogram(1, MAX_MICROS, 1);
    Histogram before = new Histogram(1, MAX_MICROS, 1);
    final Histogram merged = new Histogram(1, MAX_MICROS, 1);
    long sinceNanos = System.nanoTime();
    long timeouts;
    long lastSuccessEpochMillis;
  }

  private final Map<String, Window> windows = new HashMap<>();
  private final ConcurrentMap<String, Summary> summaries = new ConcurrentHashMap<>();

  void add(PoolUse use) {
    Window window = windows.get(use.pool());
    if (window == null) {
      if (windows.size() >= MAX_POOLS) {
        return;
      }
      window = new Window();
      windows.put(use.pool(), window);
    }
    window.current.recordValue(Math.max(1, Math.min(MAX_MICROS, use.waitedNanos() / 1_000)));
    if (use.timedOut()) {
      window.timeouts++;
    } else {
      window.lastSuccessEpochMillis = System.currentTimeMillis();
    }
  }

  void publish(long nowNanos) {
    windows.forEach((pool, window) -> summaries.put(pool, summary(window, nowNanos)));
  }

  /** Null when nobody has asked the pool for a connection yet. Any thread. */
  @Nullable Summary of(String pool) {
    return summaries.get(pool);
  }

  private static Summary summary(Window window, long nowNanos) {
    if (nowNanos - window.sinceNanos > HALF_NANOS) {
      Histogram oldest = window.before;
      oldest.reset();
      window.before = window.current;
      window.current = oldest;
      window.sinceNanos = nowNanos;
    }
    window.merged.reset();
    window.merged.add(window.before);
    window.merged.add(window.current);
    return new Summary(
        window.merged.getValueAtPercentile(95) / 1_000.0,
        window.merged.getMaxValue() / 1_000.0,
        window.timeouts,
        window.lastSuccessEpochMillis);
  }
}

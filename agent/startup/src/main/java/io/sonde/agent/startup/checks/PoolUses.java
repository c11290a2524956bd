// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.FailureText;
import io.sonde.agent.recording.PoolUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** How long each pool's connections were waited for, over the last one to two minutes. */
final class PoolUses {

  private static final int MAX_POOLS = 64;
  private static final long HALF_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long MAX_MICROS = 60_000_000;

  /** Whoever waited so long, or in vain, was affected. */
  private static final long AFFECTED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int MAX_ROUTES = 16;

  /** Immutable, published once a second, every 5 s when nothing happens. */
  static final class Summary {
    final double acquireP95Millis;
    final double acquireMaxMillis;
    final long timeouts;
    final long lastSuccessEpochMillis;
    final long lastFailureEpochMillis;

    /** No secrets in it. Null when none has failed. */
    final @Nullable String lastFailure;

    /** Attempts that failed since the last one that did not, and since when. */
    final long failuresInARow;

    final long failingSinceNanos;
    final long lastAttemptNanos;
    final List<String> affectedRoutes;

    Summary(Window window) {
      acquireP95Millis = window.merged.getValueAtPercentile(95) / 1_000.0;
      acquireMaxMillis = window.merged.getMaxValue() / 1_000.0;
      timeouts = window.timeouts;
      lastSuccessEpochMillis = window.lastSuccessEpochMillis;
      lastFailureEpochMillis = window.lastFailureEpochMillis;
      lastFailure = window.lastFailure;
      failuresInARow = window.failuresInARow;
      failingSinceNanos = window.failingSinceNanos;
      lastAttemptNanos = window.lastAttemptNanos;
      affectedRoutes = new ArrayList<>(window.affected.keySet());
    }
  }

  /** Written on the pipeline's thread only. */
  private static final class Window {
    Histogram current = new Histogram(1, MAX_MICROS, 1);
    Histogram before = new Histogram(1, MAX_MICROS, 1);
    final Histogram merged = new Histogram(1, MAX_MICROS, 1);
    long sinceNanos;
    long timeouts;
    long lastSuccessEpochMillis;
    long lastFailureEpochMillis;
    @Nullable String lastFailure;
    long failuresInARow;
    long failingSinceNanos;
    long lastAttemptNanos;

    /** Route and when it was last affected, the latest at the end. */
    final Map<String, Long> affected = new LinkedHashMap<>();
  }

  private final LongSupplier nanoTime;
  private final Map<String, Window> windows = new HashMap<>();
  private final ConcurrentMap<String, Summary> summaries = new ConcurrentHashMap<>();

  PoolUses(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** On the pipeline's thread. */
  void add(PoolUse use) {
    Window window = windows.get(use.pool());
    if (window == null) {
      if (windows.size() >= MAX_POOLS) {
        return;
      }
      window = new Window();
      window.sinceNanos = nanoTime.getAsLong();
      windows.put(use.pool(), window);
    }
    window.current.recordValue(Math.max(1, Math.min(MAX_MICROS, use.waitedNanos() / 1_000)));
    window.lastAttemptNanos = nanoTime.getAsLong();
    if (use.timedOut()) {
      failed(window, use);
    } else {
      window.failuresInARow = 0;
      window.lastSuccessEpochMillis = System.currentTimeMillis();
    }
    if (use.timedOut() || use.waitedNanos() >= AFFECTED_NANOS) {
      affect(window, use.route());
    }
  }

  private static void failed(Window window, PoolUse use) {
    window.timeouts++;
    window.lastFailureEpochMillis = System.currentTimeMillis();
    if (window.failuresInARow++ == 0) {
      window.failingSinceNanos = window.lastAttemptNanos;
    }
    Throwable failure = use.failure();
    window.lastFailure = failure == null ? null : FailureText.of(failure);
  }

  private static void affect(Window window, @Nullable String route) {
    if (route == null) {
      return;
    }
    window.affected.remove(route);
    window.affected.put(route, window.lastAttemptNanos);
    if (window.affected.size() > MAX_ROUTES) {
      window.affected.remove(window.affected.keySet().iterator().next());
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
    window.affected.values().removeIf(last -> nowNanos - last > REMEMBERED_NANOS);
    return new Summary(window);
  }
}

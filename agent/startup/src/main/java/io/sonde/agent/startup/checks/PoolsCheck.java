// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.PoolTable;
import io.sonde.health.CheckResult;
import io.sonde.health.HealthCheck;
import io.sonde.health.Hysteresis;
import io.sonde.health.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code <name>:connections}, one per connection pool, read from its getters: nothing is borrowed.
 * Warns when callers wait while none is idle, for 15 s, or wait long.
 */
final class PoolsCheck implements HealthCheck {

  private static final int SATURATED_TICKS = 7;
  private static final double SLOW_ACQUIRE_MILLIS = 500;

  private final PoolTable pools;
  private final PoolUses uses;
  private final Map<String, Hysteresis> saturation = new HashMap<>();
  private final Map<String, Hysteresis> slowness = new HashMap<>();

  PoolsCheck(PoolTable pools, PoolUses uses) {
    this.pools = pools;
    this.uses = uses;
  }

  @Override
  public CheckResult check() {
    throw new UnsupportedOperationException("several: see results");
  }

  @Override
  public List<CheckResult> results() {
    List<CheckResult> results = new ArrayList<>();
    for (PoolTable.Pool pool : pools.pools()) {
      Object target = pool.target();
      if (target != null) {
        results.add(result(pool, target));
      }
    }
    return results;
  }

  private CheckResult result(PoolTable.Pool pool, Object target) {
    PoolTable.Reader reader = pool.reader();
    int active = reader.active(target);
    int idle = reader.idle(target);
    int waiting = reader.waiting(target);
    PoolUses.Summary use = uses.of(pool.name());
    Status status = status(pool.name(), idle, waiting, use);
    return CheckResult.pool(pool.name())
        .componentId(pool.kind() + '/' + pool.name())
        .status(status)
        .output(status == Status.PASS ? null : active + " busy, " + waiting + " waiting")
        .observed(active, "connections")
        .with("active", active)
        .with("idle", idle)
        .with("max", reader.max(target))
        .with("waiting", waiting)
        .with("acquireP95", use == null ? null : ResponseTimeCheck.rounded(use.acquireP95Millis))
        .with("acquireMax", use == null ? null : ResponseTimeCheck.rounded(use.acquireMaxMillis))
        .with("timeouts", use == null ? 0L : use.timeouts)
        .with("lastSuccess", lastSuccess(use))
        .build();
  }

  private Status status(String name, int idle, int waiting, PoolUses.@Nullable Summary use) {
    long now = System.nanoTime();
    Status saturated =
        saturation
            .computeIfAbsent(
                name, n -> Hysteresis.warnAbove(1, 1).worsenAfter(SATURATED_TICKS).build())
            .tick(waiting > 0 && idle == 0 ? 1 : 0, Long.MAX_VALUE, now);
    Status slow =
        slowness
            .computeIfAbsent(
                name,
                n -> Hysteresis.warnAbove(SLOW_ACQUIRE_MILLIS, SLOW_ACQUIRE_MILLIS * 0.7).build())
            .tick(use == null ? 0 : use.acquireP95Millis, Long.MAX_VALUE, now);
    return Status.worst(saturated, slow);
  }

  private static @Nullable String lastSuccess(PoolUses.@Nullable Summary use) {
    return use == null || use.lastSuccessEpochMillis == 0
        ? null
        : Instant.ofEpochSecond(use.lastSuccessEpochMillis / 1_000).toString();
  }
}

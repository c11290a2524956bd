// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.LiveTable;
import io.sonde.agent.recording.PoolTable;
import io.sonde.agent.recording.PoolUse;
import io.sonde.health.CheckResult;
import io.sonde.health.HealthCheck;
import io.sonde.health.Hysteresis;
import io.sonde.health.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code <name>:connections}, one per connection pool, read from its getters: nothing is borrowed.
 *
 * <p>Warns when callers wait while none is idle, for 15 s, or wait long, or get nothing but
 * exceptions for 30 s; a pool that the service requires fails then. A pool that nobody asks has
 * nothing to say.
 */
final class PoolsCheck implements HealthCheck {

  private static final int DEAD_ATTEMPTS = 5;

  /** Without an attempt for so long nobody knows; else a failed pool could never be tried again. */
  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final PoolTable pools;
  private final PoolUses uses;
  private final Holders holders;
  private final Supplier<PoolLimits> limits;
  private final LongSupplier nanoTime;
  private final Map<String, Hysteresis> saturation = new HashMap<>();
  private final Map<String, Hysteresis> slowness = new HashMap<>();

  PoolsCheck(
      PoolTable pools,
      PoolUses uses,
      LiveTable live,
      Supplier<PoolLimits> limits,
      LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.pools = pools;
    this.uses = uses;
    this.holders = new Holders(pools.holders(), live, limits);
    this.limits = limits;
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
    saturation.keySet().removeIf(name -> pools.named(name) == null);
    slowness.keySet().removeIf(name -> pools.named(name) == null);
    return results;
  }

  @Override
  public boolean settled() {
    return settled(saturation) && settled(slowness);
  }

  private static boolean settled(Map<String, Hysteresis> signals) {
    return signals.values().stream().allMatch(Hysteresis::settled);
  }

  private CheckResult result(PoolTable.Pool pool, Object target) {
    PoolTable.Reader reader = pool.reader();
    int active = reader.active(target);
    int idle = reader.idle(target);
    int max = reader.max(target);
    int waiting = reader.waiting(target);
    PoolUses.Summary use = uses.of(pool.name());
    long now = nanoTime.getAsLong();
    boolean dead = isDead(use, now);
    Status status = Status.worst(status(pool.name(), idle, waiting, use, now), dead(pool, dead));
    boolean passes = status == Status.PASS;
    List<PoolUse> held = holders.of(pool);
    return CheckResult.pool(pool.name())
        .componentId(pool.kind() + '/' + pool.name())
        .status(status)
        .output(
            passes ? null : dead ? deadline(use, now) : active + " busy, " + waiting + " waiting")
        .observed(told(active), "connections")
        .with("active", told(active))
        .with("idle", told(idle))
        .with("max", told(max))
        .with("waiting", told(waiting))
        .with("acquireP95", use == null ? null : ResponseTimeCheck.rounded(use.acquireP95Millis))
        .with("acquireMax", use == null ? null : ResponseTimeCheck.rounded(use.acquireMaxMillis))
        .with("timeouts", use == null ? 0L : use.timeouts)
        .with("leakSuspects", holders.leakSuspects(held))
        .with("lastSuccess", use == null ? null : time(use.lastSuccessEpochMillis))
        .with("lastFailure", use == null ? null : time(use.lastFailureEpochMillis))
        .with("affectedEndpoints", passes ? null : holders.affected(pool, use))
        .detail("lastFailureMessage", use == null ? null : use.lastFailure)
        .detail("holders", holders.shown(held))
        .build();
  }

  private Status status(
      String name, int idle, int waiting, PoolUses.@Nullable Summary use, long now) {
    Status saturated =
        saturation
            .computeIfAbsent(name, n -> Hysteresis.following(() -> limits.get().saturated))
            .tick(waiting > 0 && idle == 0 ? 1 : 0, Long.MAX_VALUE, now);
    Status slow =
        slowness
            .computeIfAbsent(name, n -> Hysteresis.following(() -> limits.get().slow))
            .tick(use == null ? 0 : use.acquireP95Millis, Long.MAX_VALUE, now);
    return Status.worst(saturated, slow);
  }

  // ---- nothing but exceptions ------------------------------------------------------------------

  private boolean isDead(PoolUses.@Nullable Summary use, long now) {
    return use != null
        && use.failuresInARow >= DEAD_ATTEMPTS
        && now - use.failingSinceNanos >= limits.get().deadAfterNanos
        && now - use.lastAttemptNanos <= SILENT_NANOS;
  }

  private Status dead(PoolTable.Pool pool, boolean dead) {
    return !dead ? Status.PASS : limits.get().requires(pool.name()) ? Status.FAIL : Status.WARN;
  }

  private static @Nullable String deadline(PoolUses.@Nullable Summary use, long now) {
    return use == null
        ? null
        : "no connection for "
            + TimeUnit.NANOSECONDS.toSeconds(now - use.failingSinceNanos)
            + " s, "
            + use.failuresInARow
            + " attempts failed, the last: "
            + use.lastFailure;
  }

  // ---- rendering -------------------------------------------------------------------------------

  /** Null for what the pool does not tell. */
  private static @Nullable Integer told(int number) {
    return number < 0 ? null : number;
  }

  private static @Nullable String time(long epochMillis) {
    return epochMillis == 0 ? null : Instant.ofEpochSecond(epochMillis / 1_000).toString();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.health.Hysteresis;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * From where on a check warns, fails, and is well again: all {@code health.*} settings at one
 * moment. Immutable; checks read the current one at each tick, so that a change counts from the
 * next tick on. The table is in {@code health/README.md}.
 */
public final class Thresholds {

  /** Of 2 s: full for a moment is what servers are for. */
  private static final int SERVER_LOAD_TICKS = 7;

  final Hysteresis.Builder responseTime;
  final double responseTimeWarnMillis;
  final Hysteresis.Builder badRequests;
  final double badRequestsWarnPercent;
  final Hysteresis.Builder heap;
  final long minimumSamples;
  final long stuckNanos;
  final int stuckRequests;
  final long stuckAloneNanos;
  final long hungNanos;
  final Hysteresis.Builder serverLoad;
  final PoolLimits pools;

  private final ToDoubleFunction<String> values;

  /**
   * @param values by key without {@code health.}: durations in milliseconds, NaN for none
   * @param requiredPools names of those that the service cannot do without
   */
  public Thresholds(ToDoubleFunction<String> values, Collection<String> requiredPools) {
    this.values = values;
    minimumSamples = (long) value("min-samples");
    responseTimeWarnMillis = value("response-time.warn");
    responseTime = signal("response-time", 0.7).minimumSamples(minimumSamples);
    badRequestsWarnPercent = value("bad-requests.warn");
    badRequests = signal("bad-requests", 0.5).minimumSamples(minimumSamples);
    heap = signal("heap", 0.95);
    stuckNanos = nanos("stuck.after");
    stuckRequests = (int) value("stuck.requests");
    stuckAloneNanos = nanos("stuck.alone");
    hungNanos = nanos("stuck.fail-after");
    double full = value("server-load.warn");
    serverLoad = Hysteresis.warnAbove(full, full * 0.83).worsenAfter(SERVER_LOAD_TICKS);
    pools =
        new PoolLimits(
            (long) value("pool.held-after"),
            (long) value("pool.leak-after"),
            (long) value("pool.dead-after"),
            (long) value("pool.saturated-after"),
            value("pool.acquire.warn"),
            requiredPools);
  }

  /**
   * Of {@code <name>.warn}, {@code .recover} and {@code .fail}.
   *
   * @param leave share of the enter threshold below which it is well again, when nobody says
   */
  private Hysteresis.Builder signal(String name, double leave) {
    double warn = value(name + ".warn");
    double recover = value(name + ".recover");
    double fail = value(name + ".fail");
    Hysteresis.Builder signal =
        Hysteresis.warnAbove(warn, Double.isNaN(recover) ? warn * leave : recover)
            .worsenAfter((int) value("worsen-after"))
            .recoverAfter((int) value("recover-after"))
            .minimumSamples(0)
            .dwell(Duration.ofMillis((long) value("dwell")))
            .flapping(
                (int) value("flapping.changes"),
                Duration.ofMillis((long) value("flapping.window")));
    return Double.isNaN(fail) ? signal : signal.failAbove(fail, fail * leave);
  }

  private double value(String key) {
    return values.applyAsDouble(key);
  }

  private long nanos(String key) {
    return TimeUnit.MILLISECONDS.toNanos((long) value(key));
  }
}

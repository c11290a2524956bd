// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.LiveTable;
import io.sonde.health.CheckResult;
import io.sonde.health.HealthCheck;
import io.sonde.health.Hysteresis;

/**
 * {@code http.server:responseTime}: the last minute's mean and percentiles. No samples are no
 * evidence: they are called idle only when nothing is in flight either.
 */
final class ResponseTimeCheck implements HealthCheck {

  static final String KEY = "http.server:responseTime";

  private final RequestWindow requests;
  private final LiveTable live;
  private final double slowMillis;
  private final Hysteresis hysteresis;

  ResponseTimeCheck(RequestWindow requests, LiveTable live, double slowMillis) {
    this.requests = requests;
    this.live = live;
    this.slowMillis = slowMillis;
    this.hysteresis = Hysteresis.warnAbove(slowMillis, slowMillis * 0.7).build();
  }

  @Override
  public CheckResult check() {
    RequestWindow.Summary window = requests.summary();
    boolean idle = window.count == 0 && InFlight.of(live).count == 0;
    double value = window.count == 0 && !idle ? Double.NaN : window.p95;
    CheckResult.Builder result =
        CheckResult.of(KEY)
            .componentType("component")
            .status(hysteresis.tick(value, window.count, System.nanoTime()))
            .observed(rounded(window.mean), "ms")
            .with("window", RequestWindow.SECONDS + "s")
            .with("count", window.count)
            .with("mean", rounded(window.mean))
            .with("p50", rounded(window.p50))
            .with("p95", rounded(window.p95))
            .with("p99", rounded(window.p99))
            .with("max", rounded(window.max))
            .with("warnAt", "p95>" + (long) slowMillis);
    return (idle ? result.with("idle", true) : result).build();
  }

  static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}

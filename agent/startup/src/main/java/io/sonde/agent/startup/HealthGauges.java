// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.exporter.statsd.StatsdExporter;
import io.sonde.agent.recording.Exporter;
import io.sonde.health.Health;
import io.sonde.health.Status;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Registers a gauge of each check with statsd once it has answered: 0 pass, 1 warn, 2 fail. One
 * that is no longer there sends nothing. On the pipeline's thread.
 */
final class HealthGauges implements Exporter {

  /** A pool's name may be made up anew at each start of it. */
  private static final int MAX_CHECKS = 300;

  private final Health health;
  private final StatsdExporter statsd;
  private final Set<String> registered = new HashSet<>();

  HealthGauges(Health health, StatsdExporter statsd) {
    this.health = health;
    this.statsd = statsd;
  }

  @Override
  public String name() {
    return "health-gauges";
  }

  @Override
  public void tick(long nowNanos) {
    for (String check : health.statuses().keySet()) {
      if (registered.size() < MAX_CHECKS && registered.add(check)) {
        statsd.gauge(
            "sonde.health.status", Collections.singletonMap("check", check), () -> value(check));
      }
    }
  }

  private double value(String check) {
    Status status = health.statuses().get(check);
    return status == null ? Double.NaN : status.ordinal();
  }
}

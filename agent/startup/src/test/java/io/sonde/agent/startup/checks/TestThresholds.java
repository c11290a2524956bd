// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import java.util.List;
import java.util.Map;

/** The defaults of the settings, as the checks get them. */
final class TestThresholds {

  static final Map<String, Double> DEFAULTS =
      Map.ofEntries(
          Map.entry("response-time.warn", 1_000.0),
          Map.entry("bad-requests.warn", 5.0),
          Map.entry("heap.warn", 90.0),
          Map.entry("heap.recover", 85.0),
          Map.entry("stuck.after", 5_000.0),
          Map.entry("stuck.requests", 10.0),
          Map.entry("stuck.alone", 30_000.0),
          Map.entry("stuck.fail-after", 30_000.0),
          Map.entry("worsen-after", 3.0),
          Map.entry("recover-after", 8.0),
          Map.entry("dwell", 20_000.0),
          Map.entry("min-samples", 20.0),
          Map.entry("flapping.changes", 4.0),
          Map.entry("flapping.window", 600_000.0),
          Map.entry("server-load.warn", 90.0),
          Map.entry("pool.held-after", 5_000.0),
          Map.entry("pool.leak-after", 60_000.0),
          Map.entry("pool.dead-after", 30_000.0),
          Map.entry("pool.saturated-after", 15_000.0),
          Map.entry("pool.acquire.warn", 500.0));

  private TestThresholds() {}

  static Thresholds of(Map<String, Double> values) {
    return of(values, List.of());
  }

  static Thresholds of(Map<String, Double> values, List<String> requiredPools) {
    return new Thresholds(key -> values.getOrDefault(key, Double.NaN), requiredPools);
  }
}

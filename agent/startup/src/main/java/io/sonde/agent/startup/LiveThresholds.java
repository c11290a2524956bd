// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.startup.checks.Thresholds;
import java.time.Duration;
import java.util.function.Supplier;

/** The thresholds of the checks, made anew from the settings when those have changed. */
final class LiveThresholds implements Supplier<Thresholds> {

  private final Settings settings;
  private volatile Thresholds current;

  LiveThresholds(Settings settings) {
    this.settings = settings;
    this.current = read();
  }

  @Override
  public Thresholds get() {
    return current;
  }

  /** The settings are others. */
  void renew() {
    current = read();
  }

  private Thresholds read() {
    return new Thresholds(this::value, settings.get(Keys.HEALTH_POOL_REQUIRED));
  }

  private double value(String name) {
    String key = "health." + name;
    for (Setting<?> setting : Keys.all()) {
      if (setting.key.equals(key)) {
        return number(settings.find(setting));
      }
    }
    return Double.NaN;
  }

  private static double number(Object value) {
    if (value instanceof Duration) {
      return ((Duration) value).toMillis();
    }
    return value instanceof Number ? ((Number) value).doubleValue() : Double.NaN;
  }
}

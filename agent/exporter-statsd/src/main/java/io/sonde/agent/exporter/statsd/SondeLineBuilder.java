// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.util.DoubleFormat;
import io.micrometer.statsd.StatsdLineBuilder;

/**
 * What Micrometer's counters and timers tell of their events, as lines. Where it differs from the
 * stock builders:
 *
 * <ul>
 *   <li>Names by {@link Naming}: no value adds a part.
 *   <li>A histogram is a timer: statsd counts {@code |h} as a counter.
 * </ul>
 */
final class SondeLineBuilder implements StatsdLineBuilder {

  private final LineName name;

  SondeLineBuilder(Meter.Id id, Naming naming) {
    name = naming.name(id);
  }

  @Override
  public String count(long amount, Statistic stat) {
    return name.line(Long.toString(amount), "c");
  }

  @Override
  public String gauge(double amount, Statistic stat) {
    throw new UnsupportedOperationException("gauges are polled: see PolledMeter");
  }

  @Override
  public String histogram(double amount) {
    return timing(amount);
  }

  @Override
  public String timing(double timeMs) {
    return name.line(DoubleFormat.decimalOrNan(timeMs), "ms");
  }
}

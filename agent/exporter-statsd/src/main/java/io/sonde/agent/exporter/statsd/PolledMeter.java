// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import org.jspecify.annotations.Nullable;

/**
 * A meter of Micrometer's that says nothing by itself: a gauge, or a counter that is read
 * elsewhere. The sender's thread.
 *
 * <p>Micrometer would poll it, too, but through Reactor: some twenty calls and two strings a line,
 * a hundred lines an interval, which an idle service feels.
 */
final class PolledMeter {

  private final Meter meter;
  private final LineName name;
  private final boolean signIsChange;
  private long counted;

  private PolledMeter(Meter meter, Naming naming) {
    this.meter = meter;
    this.name = naming.name(meter.getId());
    this.signIsChange = naming.flavor().signIsChange();
  }

  /** Null for one that tells of each of its events. */
  static @Nullable PolledMeter of(Meter meter, Naming naming) {
    boolean silent = meter instanceof Gauge || meter instanceof FunctionCounter;
    return silent ? new PolledMeter(meter, naming) : null;
  }

  /** Reads it. False when there is nothing to send: a gauge whose value is none. */
  boolean write(LineWriter line) {
    if (meter instanceof FunctionCounter) {
      long count = (long) ((FunctionCounter) meter).count();
      line.counter(name, Math.max(0, count - counted));
      counted = count;
      return true;
    }
    double value = ((Gauge) meter).value();
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return false;
    }
    line.gauge(name, value, signIsChange);
    return true;
  }

  @Override
  public String toString() {
    return meter.getId().getName();
  }
}

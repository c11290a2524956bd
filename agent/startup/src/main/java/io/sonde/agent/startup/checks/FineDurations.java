// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import org.HdrHistogram.IntCountsHistogram;

/** To two digits, that is within 1 %: 10 KB. */
final class FineDurations extends Durations {

  private final IntCountsHistogram micros = new IntCountsHistogram(1, MAX_MICROS, 2);

  @Override
  void record(long duration) {
    micros.recordValue(duration);
  }

  @Override
  Durations empty() {
    return new FineDurations();
  }

  @Override
  void add(Durations other) {
    micros.add(((FineDurations) other).micros);
  }

  @Override
  long count() {
    return micros.getTotalCount();
  }

  @Override
  long percentile(double percent) {
    // Of none it is 0, too, after a walk over all buckets; most services are idle for the most
    // part.
    return count() == 0 ? 0 : micros.getValueAtPercentile(percent);
  }

  @Override
  void clear() {
    micros.reset();
  }
}

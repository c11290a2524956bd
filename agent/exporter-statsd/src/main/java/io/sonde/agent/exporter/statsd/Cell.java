// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import java.util.Arrays;

/**
 * What one series gathered in one interval: an exact count, and at most {@value #MAX_SAMPLES}
 * durations, taken evenly over the interval. Not thread-safe: owned by the pipeline's thread while
 * it fills, then by the sender's until it is cleared.
 */
final class Cell {

  static final int MAX_SAMPLES = 64;

  private static final int FIRST_SAMPLES = 4;

  final Series series;
  private long count;
  private long timed;
  private long stride = 1;
  private int kept;
  private int[] micros = {};

  Cell(Series series) {
    this.series = series;
  }

  /** Returns true for the first since {@link #clear}. */
  boolean count(long records) {
    boolean first = count == 0;
    count += records;
    return first;
  }

  /**
   * Keeps every stride-th duration. When there is no room, every second one kept is thrown away and
   * the stride is doubled: no random number, and a burst at the end weighs as much as one at the
   * start. 35 minutes and more are kept as 35 minutes.
   */
  void time(long nanos) {
    if (timed++ % stride != 0) {
      return;
    }
    if (kept == MAX_SAMPLES) {
      halve();
      if ((timed - 1) % stride != 0) {
        return;
      }
    }
    if (kept == micros.length) {
      micros = Arrays.copyOf(micros, Math.max(FIRST_SAMPLES, kept * 2));
    }
    micros[kept++] = (int) Math.min(Integer.MAX_VALUE, Math.max(0, nanos / 1_000));
  }

  private void halve() {
    for (int i = 0; i < MAX_SAMPLES / 2; i++) {
      micros[i] = micros[i * 2];
    }
    kept = MAX_SAMPLES / 2;
    stride *= 2;
  }

  /** The count, which is the caller's from now on. */
  long takeCount() {
    long taken = count;
    count = 0;
    return taken;
  }

  /** How many durations there were. */
  long timed() {
    return timed;
  }

  /** How many of them were kept. */
  int samples() {
    return kept;
  }

  int micros(int sample) {
    return micros[sample];
  }

  /** Keeps the array, so that a steady load allocates nothing. */
  void clear() {
    count = 0;
    timed = 0;
    stride = 1;
    kept = 0;
  }
}

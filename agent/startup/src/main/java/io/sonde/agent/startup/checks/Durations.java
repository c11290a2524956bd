// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

/**
 * How long requests of one slot of time took, counted in buckets. Written by one thread. Another
 * may read meanwhile: each bucket is an int of its own, so that what it sees is a little old, not
 * wrong.
 */
abstract class Durations {

  /** Beyond a minute a request is stuck rather than slow. */
  static final long MAX_MICROS = 60_000_000;

  /** Takes one, 1 to {@link #MAX_MICROS}. */
  abstract void record(long micros);

  /** An empty one with the same buckets. */
  abstract Durations empty();

  /** Adds those of another with the same buckets. */
  abstract void add(Durations other);

  abstract long count();

  /**
   * The value that so many percent are not above, in microseconds; 0 when there is none.
   *
   * @param percent 0 to 100
   */
  abstract long percentile(double percent);

  abstract void clear();
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.util.Collection;

/**
 * The median of some values, and where the true one lies with at least 95 %; of too few values for
 * that, their whole range.
 */
record Estimate(double median, double low, double high, int count) {

  /** The range of five values holds the true median in 93.75 % of cases only. */
  private static final int ENOUGH_FOR_INTERVAL = 6;

  private static final double MISSED = 0.05;

  /**
   * @throws IllegalArgumentException when there is no value
   */
  static Estimate of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    if (n == 0) {
      throw new IllegalArgumentException("no values");
    }
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    int cut = cutOnEachSide(n);
    return new Estimate(median, sorted[cut], sorted[n - 1 - cut], n);
  }

  boolean isInterval() {
    return count >= ENOUGH_FOR_INTERVAL;
  }

  /**
   * How many of the ordered values are left out on each side: as many as {@code 2 P(B ≤ cut) ≤ 5 %}
   * allows, where B is how many of n values lie below the true median (binomial, 1/2). None when
   * even the whole range misses more often.
   */
  static int cutOnEachSide(int n) {
    double next = Math.pow(0.5, n);
    double atMostCut = next;
    int cut = 0;
    while (true) {
      next = next * (n - cut) / (cut + 1);
      if (2 * (atMostCut + next) > MISSED) {
        return cut;
      }
      atMostCut += next;
      cut++;
    }
  }
}

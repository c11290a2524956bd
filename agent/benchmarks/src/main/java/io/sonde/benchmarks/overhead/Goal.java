// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

/** What Sonde wants to reach in a row, and whether it did. */
record Goal(double value, Kind kind) {

  enum Kind {
    AT_MOST("≤ "),
    AT_LEAST("≥ "),
    EXACTLY("");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }
  }

  static Goal atMost(double value) {
    return new Goal(value, Kind.AT_MOST);
  }

  static Goal atLeast(double value) {
    return new Goal(value, Kind.AT_LEAST);
  }

  static Goal exactly(double value) {
    return new Goal(value, Kind.EXACTLY);
  }

  String sign() {
    return kind.sign;
  }

  /**
   * By the median, but {@code noise} when the interval holds both nothing at all and more than the
   * goal: then the rounds do not tell. With a question mark when there are too few for an interval.
   */
  String verdict(Estimate estimate) {
    return byKind(estimate) + (estimate.isInterval() ? "" : "?");
  }

  private String byKind(Estimate estimate) {
    return switch (kind) {
      case AT_MOST -> atMost(estimate);
      case AT_LEAST -> estimate.median() >= value ? "met" : "missed";
      case EXACTLY -> estimate.low() == value && estimate.high() == value ? "met" : "missed";
    };
  }

  private String atMost(Estimate estimate) {
    if (estimate.low() <= 0 && estimate.high() > value) {
      return "noise";
    }
    if (estimate.median() <= value) {
      return "met";
    }
    return estimate.median() <= 2 * value ? "within twice" : "missed";
  }
}

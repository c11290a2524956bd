// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

/** Numbers for the brief view: Consul writes to its log each time that the text has changed. */
final class Rounding {

  private Rounding() {}

  /** The nearest of … 0.5, 1, 2, 5, 10, 20, 50 …; 0 and what is no number stay. */
  static double coarse(double value) {
    if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
      return value;
    }
    double magnitude = Math.abs(value);
    double power = Math.pow(10, Math.floor(Math.log10(magnitude)));
    double digit = magnitude / power;
    double step = digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10;
    return Math.copySign(step * power, value);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.picture;

import java.util.ArrayList;
import java.util.List;

/** An axis from nought, or from what is below it, whose ticks are round numbers. */
record Scale(double low, double high, double step) {

  private static final int TICKS = 4;

  static Scale of(double min, double max) {
    double low = Math.min(0, min);
    double span = max > low ? max - low : 1;
    double step = round(span / TICKS);
    return new Scale(Math.floor(low / step) * step, Math.ceil((low + span) / step) * step, step);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; low + i * step <= high + step / 2; i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }

  /** 0 at the low end, 1 at the high one. */
  double share(double value) {
    return (value - low) / (high - low);
  }

  /** The next of 1, 2, 5, 10, 20 … */
  private static double round(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    for (int factor : new int[] {1, 2, 5}) {
      if (step <= factor * power * 1.0001) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.picture;

import java.util.Locale;

/** Numbers as a reader wants them, by the names that Grafana has for units. */
final class Unit {

  private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final String[] THOUSANDS = {"", " K", " M", " G"};

  private Unit() {}

  /** {@code 1.4 s} of 1,400 in {@code ms}; a unit that is not known follows its number. */
  static String text(String unit, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "–";
    }
    return switch (unit) {
      case "ns" -> seconds(value / 1e9);
      case "µs" -> seconds(value / 1e6);
      case "ms" -> seconds(value / 1e3);
      case "s" -> seconds(value);
      case "bytes", "decbytes" -> scaled(value, 1_024, BYTES, " ");
      case "percent" -> number(value) + " %";
      case "percentunit" -> number(value * 100) + " %";
      case "reqps", "ops", "cps", "wps", "rps" -> number(value) + "/s";
      case "cpm" -> number(value) + "/min";
      case "", "none", "short", "locale" -> scaled(value, 1_000, THOUSANDS, "");
      case "bool_yes_no", "bool" -> value == 0 ? "no" : "yes";
      default -> number(value) + " " + unit;
    };
  }

  private static String seconds(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0 s";
    }
    if (size < 1e-3) {
      return number(value * 1e6) + " µs";
    }
    if (size < 1) {
      return number(value * 1e3) + " ms";
    }
    if (size < 120) {
      return number(value) + " s";
    }
    return size < 7_200 ? number(value / 60) + " min" : number(value / 3_600) + " h";
  }

  private static String scaled(double value, int by, String[] names, String gap) {
    int step = 0;
    double rest = value;
    while (Math.abs(rest) >= by && step < names.length - 1) {
      rest /= by;
      step++;
    }
    return number(rest) + gap + names[step];
  }

  /** Three figures that count. */
  private static String number(double value) {
    double size = Math.abs(value);
    int places = size == 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    String text = String.format(Locale.ROOT, "%,." + places + "f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}

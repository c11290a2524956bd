// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.influxdb;

/** The time over which values are put together. */
enum Window {
  /** Each step of the graph. */
  STEP("time($__interval)", "$__interval_ms", "$timeFilter"),
  /** All that is shown. */
  SHOWN("", "$__range_ms", "$timeFilter"),
  /** All that an alert looks at. */
  FIVE_MINUTES("", "300000", "$timeFilter"),
  /** The last one ends now, so that it is whole. */
  TWO_MINUTES("time(2m, now())", "120000", "$timeFilter AND time < now()");

  private final String group;
  private final String millis;
  private final String time;

  Window(String group, String millis, String time) {
    this.group = group;
    this.millis = millis;
    this.time = time;
  }

  /** Behind {@code GROUP BY}; may be empty. */
  String group() {
    return group;
  }

  /** The condition that a point belongs to what is shown. */
  String time() {
    return time;
  }

  String aSecond(String sum) {
    return sum + " * 1000 / " + millis;
  }
}

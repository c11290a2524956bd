// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.picture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A name in the legend and its points over time, by time; NaN is a gap. */
public record Series(String name, List<Point> points) {

  /** One value. */
  public record Point(long epochMillis, double value) {}

  public Series {
    points = List.copyOf(points);
  }

  /** The points of several series put together; by time. */
  static List<Long> times(List<Series> all) {
    List<Long> times = new ArrayList<>();
    for (Series series : all) {
      for (Point point : series.points()) {
        times.add(point.epochMillis());
      }
    }
    Collections.sort(times);
    return times.stream().distinct().toList();
  }

  /** NaN where there is none. */
  double at(long epochMillis) {
    for (Point point : points) {
      if (point.epochMillis() == epochMillis) {
        return point.value();
      }
    }
    return Double.NaN;
  }
}

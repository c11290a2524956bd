// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import java.util.ArrayList;
import java.util.List;

/** The busiest statsd series as a table. */
final class SeriesLines {

  private static final int ROWS = 14;
  private static final int NAME = 66;
  private static final int TYPE = 4;

  private SeriesLines() {}

  static List<String> of(List<StatsdReceiver.Series> busiest) {
    List<String> lines = new ArrayList<>();
    busiest.stream().limit(ROWS).forEach(series -> lines.add(line(series)));
    int more = busiest.size() - lines.size();
    if (more > 0) {
      lines.add("… and %,d series more".formatted(more));
    }
    return lines;
  }

  static String line(StatsdReceiver.Series series) {
    return Terminal.pad(Terminal.fit(series.name(), NAME), NAME)
        + " "
        + Terminal.pad(series.type(), TYPE)
        + series.value();
  }
}

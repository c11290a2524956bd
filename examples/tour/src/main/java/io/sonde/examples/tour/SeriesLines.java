// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import java.util.ArrayList;
import java.util.List;

/** The busiest statsd series as a table, then what the pool shows; the JVM's own are left out. */
final class SeriesLines {

  private static final int ROWS = 14;
  private static final int NAME = 68;
  private static final int TYPE = 4;

  private SeriesLines() {}

  static List<String> of(List<StatsdReceiver.Series> busiest) {
    List<String> lines = new ArrayList<>();
    busiest.stream()
        .filter(series -> !series.name().contains(".jvm.") && !series.name().contains(".sonde."))
        .limit(ROWS)
        .forEach(series -> lines.add(line(series)));
    busiest.stream()
        .filter(series -> series.name().contains(".pool.") && series.type().equals("g"))
        .forEach(series -> lines.add(line(series)));
    lines.add("… and %,d more, most of them the JVMs'".formatted(busiest.size() - lines.size()));
    return lines;
  }

  private static String line(StatsdReceiver.Series series) {
    return Terminal.pad(Terminal.fit(series.name(), NAME), NAME)
        + " "
        + Terminal.pad(series.type(), TYPE)
        + series.value();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import java.util.ArrayList;
import java.util.List;

/**
 * One dashboard, for whichever store.
 *
 * @param file without {@code .json}
 * @param variables after {@code service} and {@code instance}, which all have
 */
public record Dashboard(
    String file, String title, String description, List<Variable> variables, List<Row> rows) {

  /** A choice of a label's values, several or all. */
  public record Variable(String name, String title, Metric metric, String label) {}

  /** Panels under a heading, from left to right; as wide as 24 columns each line of them. */
  public record Row(String title, List<Panel> panels) {}

  static Dashboard of(String file, String title, String description) {
    return new Dashboard(file, title, description, List.of(), List.of());
  }

  Dashboard variable(String name, String label, Metric metric) {
    List<Variable> more = new ArrayList<>(variables);
    more.add(new Variable(name, label, metric, name));
    return new Dashboard(file, title, description, more, rows);
  }

  Dashboard row(String heading, Panel... panels) {
    List<Row> more = new ArrayList<>(rows);
    more.add(new Row(heading, List.of(panels)));
    return new Dashboard(file, title, description, variables, more);
  }
}

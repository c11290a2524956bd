// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.util.Optional;

/**
 * The results as Markdown: none as measured, the others as what they add, with the interval, and
 * for Sonde the goal and the verdict.
 */
final class MarkdownTable {

  private static final String NOTHING = "–";

  private final Results results;
  private final Options options;

  MarkdownTable(Results results, Options options) {
    this.results = results;
    this.options = options;
  }

  String render() {
    StringBuilder table = new StringBuilder("| |");
    StringBuilder rule = new StringBuilder("|---|");
    for (Variant variant : options.variants()) {
      table.append(' ').append(variant.title).append(" |");
      rule.append("--:|");
    }
    table.append(judges() ? " Sonde's goal | verdict |\n" : "\n");
    table.append(rule).append(judges() ? "--:|---|\n" : "\n");
    for (Row row : Row.values()) {
      if (results.has(row)) {
        table.append(line(row)).append('\n');
      }
    }
    return table.toString();
  }

  private String line(Row row) {
    StringBuilder line = new StringBuilder("| ").append(title(row)).append(" |");
    for (Variant variant : options.variants()) {
      line.append(' ').append(cell(row, variant)).append(" |");
    }
    if (judges()) {
      line.append(' ').append(goal(row)).append(" | ").append(verdict(row)).append(" |");
    }
    return line.toString();
  }

  private String title(Row row) {
    return isCpuOfRequests(row) && options.rate() > 0
        ? row.title + " at " + options.rate() + "/s"
        : row.title;
  }

  private String cell(Row row, Variant variant) {
    if (variant == Variant.NONE) {
      return results.measured(row, variant).map(e -> row.print(e.median())).orElse(NOTHING);
    }
    Optional<Estimate> estimate = results.added(row, variant);
    boolean signed = results.isAdded(row);
    return estimate.map(e -> print(row, e, signed)).orElse(NOTHING);
  }

  private static String print(Row row, Estimate estimate, boolean signed) {
    String median = signed(row, estimate.median(), signed);
    if (estimate.low() == estimate.high()) {
      return median;
    }
    return median
        + " ("
        + signed(row, estimate.low(), signed)
        + " to "
        + signed(row, estimate.high(), signed)
        + ")";
  }

  private static String signed(Row row, double value, boolean signed) {
    String printed = row.print(value);
    return signed && !printed.startsWith("-") ? "+" + printed : printed;
  }

  private String goal(Row row) {
    return hasGoal(row) ? row.goal.sign() + row.print(row.goal.value()) : NOTHING;
  }

  private String verdict(Row row) {
    if (!hasGoal(row)) {
      return NOTHING;
    }
    return results.added(row, Variant.SONDE).map(row.goal::verdict).orElse(NOTHING);
  }

  /** The goals for CPU time are those at saturation. */
  private boolean hasGoal(Row row) {
    return options.rate() == 0 || !isCpuOfRequests(row);
  }

  private static boolean isCpuOfRequests(Row row) {
    return row.title.startsWith("CPU per ");
  }

  /** Without none beside it, what Sonde adds is not known. */
  private boolean judges() {
    return options.variants().contains(Variant.NONE) && options.variants().contains(Variant.SONDE);
  }
}

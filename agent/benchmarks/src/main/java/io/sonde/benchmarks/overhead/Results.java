// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The numbers of every round, and the table of what each variant adds to none. */
final class Results {

  /** 95 % of a median's place among so many ordered values; below that the range is given. */
  private static final int ENOUGH_FOR_INTERVAL = 6;

  private final Map<String, Map<String, List<Double>>> byRow = new LinkedHashMap<>();

  void add(String row, String variant, double value) {
    byRow
        .computeIfAbsent(row, r -> new LinkedHashMap<>())
        .computeIfAbsent(variant, v -> new ArrayList<>())
        .add(value);
  }

  /** Markdown: the baseline as measured, the others as median difference of the pairs. */
  String table(String baseline, List<String> others) {
    StringBuilder table = new StringBuilder("| | " + baseline);
    others.forEach(other -> table.append(" | ").append(other));
    table.append(" |\n|---|--:").append("|--:".repeat(others.size())).append("|\n");
    byRow.forEach(
        (row, variants) -> {
          table.append("| ").append(row).append(" | ");
          List<Double> base = variants.getOrDefault(baseline, List.of());
          table.append(base.isEmpty() ? "–" : number(median(base)));
          for (String other : others) {
            table.append(" | ").append(cell(base, variants.getOrDefault(other, List.of())));
          }
          table.append(" |\n");
        });
    return table.toString();
  }

  private static String cell(List<Double> base, List<Double> values) {
    if (values.isEmpty()) {
      return "–";
    }
    if (base.isEmpty()) {
      return number(median(values));
    }
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < Math.min(base.size(), values.size()); i++) {
      differences.add(values.get(i) - base.get(i));
    }
    double[] sorted = differences.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    int skip = n < ENOUGH_FOR_INTERVAL ? 0 : (int) Math.floor((n - 1.96 * Math.sqrt(n)) / 2);
    return "%s%s (%s – %s)"
        .formatted(
            median(differences) < 0 ? "" : "+",
            number(median(differences)),
            number(sorted[Math.max(0, skip)]),
            number(sorted[Math.min(n - 1, n - 1 - skip)]));
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%,.1f" : "%,.0f", value);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The numbers of every round. One thread. */
final class Results {

  private final Map<Row, Map<Variant, Map<Integer, Double>>> values = new EnumMap<>(Row.class);
  private final List<String> failures = new ArrayList<>();
  private final StringBuilder csv = new StringBuilder("round,variant,what,value\n");

  void add(int round, Variant variant, Row row, double value) {
    values
        .computeIfAbsent(row, r -> new EnumMap<>(Variant.class))
        .computeIfAbsent(variant, v -> new TreeMap<>())
        .put(round, value);
    note(round, variant, row.title, value);
  }

  /** Only for the raw file. */
  void note(int round, Variant variant, String what, double value) {
    csv.append(
        String.format(Locale.ROOT, "%d,%s,\"%s\",%.3f%n", round, variant.title, what, value));
  }

  /** Something that makes a round, or all, doubtful. */
  void failed(String where, String why) {
    failures.add(where + ": " + why);
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  /** As measured. */
  Optional<Estimate> measured(Row row, Variant variant) {
    return estimate(of(row, variant).values().stream().toList());
  }

  /**
   * What the variant has more than none, by the differences of the rounds that both have finished;
   * as measured in rows that none does not have.
   */
  Optional<Estimate> added(Row row, Variant variant) {
    Map<Integer, Double> base = of(row, Variant.NONE);
    if (base.isEmpty()) {
      return measured(row, variant);
    }
    List<Double> differences = new ArrayList<>();
    of(row, variant)
        .forEach(
            (round, value) -> {
              if (base.containsKey(round)) {
                differences.add(value - base.get(round));
              }
            });
    return estimate(differences);
  }

  boolean has(Row row) {
    return values.containsKey(row);
  }

  boolean isAdded(Row row) {
    return !of(row, Variant.NONE).isEmpty();
  }

  String csv() {
    return csv.toString();
  }

  private Map<Integer, Double> of(Row row, Variant variant) {
    return values.getOrDefault(row, Map.of()).getOrDefault(variant, Map.of());
  }

  private static Optional<Estimate> estimate(List<Double> of) {
    return of.isEmpty() ? Optional.empty() : Optional.of(Estimate.of(of));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code verdicts.tsv}: what the last runs found, a line each, {@code library artifact version jdk
 * passes|fails reason}, by tabs, in the order of {@code libraries.txt}. Made for programs that have
 * no parser but {@code split}.
 */
final class Verdicts {

  private static final String HEAD = "# library\tartifact\tversion\tjdk\tverdict\treason";

  private Verdicts() {}

  static List<Verdict> read(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(row -> new Verdict(row[0], row[2], Integer.parseInt(row[3]), row[5]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, List<Library> libraries, List<Verdict> verdicts) {
    try {
      Files.writeString(file, text(libraries, verdicts));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The newer ones, and of the others those whose library and version are still to be verified. */
  static List<Verdict> merge(List<Library> libraries, List<Verdict> old, List<Verdict> newer) {
    List<Verdict> merged = new ArrayList<>();
    for (Trial trial : Trial.all(libraries)) {
      find(newer, trial).or(() -> find(old, trial)).ifPresent(merged::add);
    }
    return merged;
  }

  static Optional<Verdict> find(List<Verdict> verdicts, Trial trial) {
    return verdicts.stream().filter(verdict -> verdict.sameTrial(trial.verdict(""))).findFirst();
  }

  private static String text(List<Library> libraries, List<Verdict> verdicts) {
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    for (Trial trial : Trial.all(libraries)) {
      find(verdicts, trial)
          .ifPresent(
              verdict ->
                  text.append(
                      String.join(
                              "\t",
                              verdict.library(),
                              trial.library().ofTheJdk() ? "jdk" : trial.library().artifact(),
                              verdict.version(),
                              String.valueOf(verdict.jdk()),
                              verdict.passes() ? "passes" : "fails",
                              verdict.reason())
                          + "\n"));
    }
    return text.toString();
  }
}

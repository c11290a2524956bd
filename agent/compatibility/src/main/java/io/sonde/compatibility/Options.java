// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import java.util.ArrayList;
import java.util.List;

/**
 * The command line.
 *
 * @param only parts of library names; empty: all
 * @param versions empty: all
 * @param jdks empty: all
 * @param fresh only what has no verdict yet
 * @param cut only what is marked with {@code cut}
 * @param write also where not all was run
 * @param threads trials side by side
 */
record Options(
    List<String> only,
    List<String> versions,
    List<Integer> jdks,
    boolean fresh,
    boolean cut,
    boolean write,
    int threads) {

  static final String USAGE =
      """
      java -jar agent/compatibility/target/matrix.jar [OPTION …]

      With no filter: runs all, then writes agent/COMPATIBILITY.md and agent/compatibility/verdicts.tsv.
      With one: runs those, and fails when a verdict is not what is committed. Exit code: 0; 1 a verdict
      differs, or one that is written is a failure; 2 something could not be run.

        --only NAME      libraries whose name has NAME in it
        --version V      versions that start with V
        --jdk N
        --new            what has no verdict yet
        --cut            what `mvn verify` runs
        --write          writes what was run into both files, beside the verdicts that are there
        --threads N      JVMs side by side; 2 when not said
      """;

  /**
   * @throws IllegalArgumentException with what is wrong
   */
  static Options parse(String... arguments) {
    List<String> only = new ArrayList<>();
    List<String> versions = new ArrayList<>();
    List<Integer> jdks = new ArrayList<>();
    boolean fresh = false;
    boolean cut = false;
    boolean write = false;
    int threads = 2;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--only" -> only.add(value(arguments, ++i));
        case "--version" -> versions.add(value(arguments, ++i));
        case "--jdk" -> jdks.add(Integer.parseInt(value(arguments, ++i)));
        case "--threads" -> threads = Integer.parseInt(value(arguments, ++i));
        case "--new" -> fresh = true;
        case "--cut" -> cut = true;
        case "--write" -> write = true;
        case "--help" -> throw new IllegalArgumentException("The matrix of versions.");
        default -> throw new IllegalArgumentException(arguments[i] + ": no such option");
      }
    }
    return new Options(only, versions, jdks, fresh, cut, write, threads);
  }

  /**
   * @param hasVerdict it was run before
   */
  boolean wants(Trial trial, boolean hasVerdict) {
    return (only.isEmpty() || only.stream().anyMatch(trial.library().name()::contains))
        && (versions.isEmpty() || versions.stream().anyMatch(trial.version().text()::startsWith))
        && (jdks.isEmpty() || jdks.contains(trial.jdk()))
        && (!fresh || !hasVerdict)
        && (!cut || trial.inCut());
  }

  /** All is run, or it was asked for. */
  boolean writes() {
    return write || only.isEmpty() && versions.isEmpty() && jdks.isEmpty() && !fresh && !cut;
  }

  private static String value(String[] arguments, int index) {
    if (index >= arguments.length) {
      throw new IllegalArgumentException(arguments[index - 1] + " needs a value");
    }
    return arguments[index];
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The command: see {@link Options#USAGE}. Progress goes to stderr, differences to stdout. */
public final class Matrix {

  private final Options options;
  private final List<Library> libraries = LibraryTable.read(Places.libraries());
  private final List<Verdict> committed = Verdicts.read(Places.verdicts());
  private final List<Verdict> found = new ArrayList<>();

  private Matrix(Options options) {
    this.options = options;
  }

  public static void main(String[] arguments) throws Exception {
    int code;
    try {
      code = new Matrix(Options.parse(arguments)).run();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n\n" + Options.USAGE);
      code = 2;
    }
    System.exit(code);
  }

  /** 0: all as committed, or all that was written passes; 1: not so; 2: could not be run. */
  private int run() throws Exception {
    List<Trial> trials =
        Trial.all(libraries).stream()
            .filter(trial -> options.wants(trial, Verdicts.find(committed, trial).isPresent()))
            .toList();
    if (trials.isEmpty()) {
      throw new IllegalArgumentException("nothing in libraries.txt fits");
    }
    try (Runner runner = new Runner()) {
      return run(runner, trials);
    }
  }

  private int run(Runner runner, List<Trial> trials) throws Exception {
    Set<String> notRunnable = runner.prepare(trials);
    if (notRunnable.isEmpty()) {
      runAll(runner, trials, notRunnable);
    }
    notRunnable.forEach(line -> System.err.println("cannot run: " + line));
    int code = options.writes() ? failures() : compare(trials);
    return notRunnable.isEmpty() ? code : 2;
  }

  private void runAll(Runner runner, List<Trial> trials, Set<String> notRunnable)
      throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(options.threads());
    for (Trial trial : trials) {
      pool.execute(
          () -> {
            try {
              add(runner.run(trial), trials.size());
            } catch (NotRunnableException e) {
              notRunnable.add(e.getMessage());
            }
          });
    }
    pool.shutdown();
    pool.awaitTermination(1, TimeUnit.DAYS);
  }

  /** Written at once: a run that is broken off has not been in vain. */
  private synchronized void add(Verdict verdict, int all) {
    found.add(verdict);
    System.err.printf("%3d/%d %s%n", found.size(), all, verdict);
    if (options.writes()) {
      List<Verdict> merged = Verdicts.merge(libraries, committed, found);
      Verdicts.write(Places.verdicts(), libraries, merged);
      new CompatibilityPage(libraries, merged).write(Places.page());
    }
  }

  private int failures() {
    List<Verdict> failed = found.stream().filter(verdict -> !verdict.passes()).toList();
    failed.forEach(System.out::println);
    return failed.isEmpty() ? 0 : 1;
  }

  private int compare(List<Trial> trials) {
    int differences = 0;
    for (Trial trial : trials) {
      Optional<Verdict> before = Verdicts.find(committed, trial);
      Optional<Verdict> now = Verdicts.find(found, trial);
      if (!before.equals(now)) {
        differences++;
        System.out.printf("%s; committed: %s%n", text(now), text(before));
      }
    }
    return differences == 0 ? 0 : 1;
  }

  private static String text(Optional<Verdict> verdict) {
    return verdict.map(Verdict::toString).orElse("nothing");
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures what agents add to a service; {@link Options#USAGE} says how it is asked. The service
 * has the first core, the load and the sinks the second. Progress goes to stderr, the table to
 * stdout and {@code target/overhead.md}, every number to {@code target/overhead.csv}.
 */
public final class Overhead {

  private static final Path TARGET = Path.of("agent/benchmarks/target");

  private final Options options;
  private final Results results = new Results();
  private final long start = System.nanoTime();
  private int roundsDone;

  private Overhead(Options options) {
    this.options = options;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    requireBuilt(options);
    pinToSecondCore();
    System.exit(new Overhead(options).run() ? 0 : 1);
  }

  /** Returns whether all of it may be believed. */
  private boolean run() throws IOException, InterruptedException {
    if (options.turns() > 0) {
      turns();
    } else {
      pairs();
    }
    System.out.println(report());
    return results.failures().isEmpty();
  }

  private void turns() throws IOException, InterruptedException {
    try {
      new Turns(options, results).run();
    } catch (IOException e) {
      System.err.println("FAILED: " + e);
      results.failed("turns", e.toString());
    }
    write();
  }

  private void pairs() throws IOException, InterruptedException {
    for (int pair = 1; pair <= options.pairs(); pair++) {
      List<Variant> order = new ArrayList<>(options.variants());
      if (pair % 2 == 0) {
        Collections.reverse(order);
      }
      for (Variant variant : order) {
        System.err.printf(
            "round %d of %d: %s … %s%n", pair, options.pairs(), variant.title, timeLeft());
        measure(pair, variant);
        roundsDone++;
      }
      write();
    }
  }

  private void measure(int pair, Variant variant) throws InterruptedException {
    try {
      new Round(options, results, pair, variant).run();
    } catch (IOException e) {
      System.err.println("FAILED: " + e);
      results.failed("round " + pair + ", " + variant.title, e.toString());
    }
  }

  private String timeLeft() {
    if (roundsDone == 0) {
      return "";
    }
    int left = options.pairs() * options.variants().size() - roundsDone;
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) * left / roundsDone;
    return "(about %d:%02d left)".formatted(seconds / 60, seconds % 60);
  }

  private void write() throws IOException {
    Files.writeString(TARGET.resolve("overhead.md"), report());
    Files.writeString(TARGET.resolve("overhead.csv"), results.csv());
  }

  private String report() {
    StringBuilder report = new StringBuilder();
    report.append(
        "%s, JDK %s, %d %s, %d s each path after at most %d s of warm-up, %s%n%n"
            .formatted(
                LocalDate.now(),
                Runtime.version(),
                options.turns() > 0 ? options.turns() : options.pairs(),
                options.turns() > 0 ? "turns" : "pairs",
                options.seconds(),
                options.warmUpSeconds(),
                options.rate() == 0 ? "at saturation" : options.rate() + " requests a second"));
    report.append(new MarkdownTable(results, options).render());
    for (String failure : results.failures()) {
      report.append("\nFAILED: ").append(failure).append('\n');
    }
    return report.toString();
  }

  private static void requireBuilt(Options options) {
    for (Variant variant : options.variants()) {
      if (variant.jar != null && !Files.exists(Path.of(variant.jar))) {
        System.err.println(variant.jar + " is missing.\n" + Options.USAGE);
        System.exit(2);
      }
    }
  }

  private static void pinToSecondCore() throws IOException, InterruptedException {
    String pid = String.valueOf(ProcessHandle.current().pid());
    new ProcessBuilder("taskset", "-acp", "1", pid)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}

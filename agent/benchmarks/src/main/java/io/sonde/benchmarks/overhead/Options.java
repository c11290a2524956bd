// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What the command line asks for.
 *
 * @param warmUpSeconds at most, before anything is measured
 * @param rate requests a second; 0: as many as are answered
 * @param parts of {@link Row#part}
 * @param threads print what each group of threads used
 * @param settings more of Sonde's, {@code key=value,key=value}
 * @param turns see {@link Turns}; 0: pairs
 * @param restMinutes of idleness before it is measured; with turns only
 */
record Options(
    int pairs,
    int seconds,
    int warmUpSeconds,
    int rate,
    Set<Variant> variants,
    Set<String> parts,
    boolean threads,
    String settings,
    int turns,
    int restMinutes) {

  /** So long that it matters little whether one more of the agents' intervals ends in it. */
  private static final long IDLE_MILLIS = 30_000;

  static final String USAGE =
      """
      usage: Overhead [options], from the repository's root, after mvn -DskipTests package
        --pairs N          rounds, each with one fresh JVM of each variant (10)
        --seconds N        how long each path is measured, and idleness (8)
        --warm-up N        seconds until the JIT has to be done (25)
        --variants A,B     of none,sonde,otel (all), and otel_default
        --only A,B         of start,bare,hello,chain,url,boom,idle,memory,jar (all)
        --skip-start       without start and bare
        --rate N           so many requests a second instead of as many as are answered
        --threads          what each group of threads used, on stderr
        --turns N          the paths and idle only, all variants at the same time and asked in turns, N times
                           --seconds each, instead of pairs: what slows the machine slows them all
        --rest N           with --turns: N minutes of idleness before it is measured (0)
        --settings K=V,…   more of Sonde's, to see what one thing costs
      """;

  /**
   * @throws IllegalArgumentException saying what is wrong
   */
  static Options parse(String... arguments) {
    int pairs = 10;
    int seconds = 8;
    int warmUpSeconds = 25;
    int rate = 0;
    Set<Variant> variants = EnumSet.of(Variant.NONE, Variant.SONDE, Variant.OTEL);
    Set<String> parts = allParts();
    boolean skipStart = false;
    boolean threads = false;
    String settings = "";
    int turns = 0;
    int restMinutes = 0;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--pairs" -> pairs = number(arguments, ++i);
        case "--seconds" -> seconds = number(arguments, ++i);
        case "--warm-up" -> warmUpSeconds = number(arguments, ++i);
        case "--rate" -> rate = number(arguments, ++i);
        case "--variants" -> variants = variants(value(arguments, ++i));
        case "--only", "--rows" -> parts = parts(value(arguments, ++i));
        case "--skip-start" -> skipStart = true;
        case "--threads" -> threads = true;
        case "--turns" -> turns = number(arguments, ++i);
        case "--rest" -> restMinutes = number(arguments, ++i);
        case "--settings" -> settings = value(arguments, ++i);
        default -> throw new IllegalArgumentException(arguments[i] + ": no such option");
      }
    }
    if (skipStart) {
      parts.removeAll(Set.of(Row.START.part, Row.BARE.part));
    }
    return new Options(
        pairs,
        seconds,
        warmUpSeconds,
        rate,
        variants,
        parts,
        threads,
        settings,
        turns,
        restMinutes);
  }

  long idleMillis() {
    return Math.max(IDLE_MILLIS, TimeUnit.SECONDS.toMillis(seconds));
  }

  boolean asksFor(Row row) {
    return parts.contains(row.part);
  }

  /** Whether the Spring Boot service is needed at all. */
  boolean asksForService() {
    return !Set.of(Row.BARE.part, Row.JAR.part).containsAll(parts);
  }

  private static String value(String[] arguments, int at) {
    if (at == arguments.length) {
      throw new IllegalArgumentException(arguments[at - 1] + " needs a value");
    }
    return arguments[at];
  }

  private static int number(String[] arguments, int at) {
    String value = value(arguments, at);
    if (!value.matches("[1-9]\\d{0,6}")) {
      throw new IllegalArgumentException(
          arguments[at - 1] + " " + value + ": not a number above 0");
    }
    return Integer.parseInt(value);
  }

  private static Set<Variant> variants(String names) {
    Set<Variant> variants = EnumSet.noneOf(Variant.class);
    for (String name : names.split(",")) {
      variants.add(
          Arrays.stream(Variant.values())
              .filter(variant -> variant.name().equalsIgnoreCase(name.trim()))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException(name + ": no such variant")));
    }
    return variants;
  }

  private static Set<String> parts(String names) {
    Set<String> parts = new TreeSet<>();
    for (String name : names.split(",")) {
      if (!allParts().contains(name.trim())) {
        throw new IllegalArgumentException(name + ": not one of " + allParts());
      }
      parts.add(name.trim());
    }
    return parts;
  }

  private static Set<String> allParts() {
    return Arrays.stream(Row.values())
        .map(row -> row.part)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.util.Locale;

/** A line of the table: what is measured, how it is printed, and Sonde's goal for it. */
enum Row {
  START("start", "start to first answer, ms", 0, Goal.atMost(500)),
  BARE("bare", "the same for a bare JDK HttpServer, ms", 0, Goal.atMost(500)),
  CPU_HELLO("hello", "CPU per /hello, µs", 1, Goal.atMost(6)),
  CODE_HELLO("hello", "CPU per /hello without the JIT, µs", 1, Goal.atMost(6)),
  BYTES_HELLO("hello", "bytes per /hello", 0, Goal.atMost(500)),
  CPU_CHAIN("chain", "CPU per /chain, µs", 1, Goal.atMost(20)),
  CODE_CHAIN("chain", "CPU per /chain without the JIT, µs", 1, Goal.atMost(20)),
  BYTES_CHAIN("chain", "bytes per /chain", 0, Goal.atMost(2_000)),
  CPU_URL("url", "CPU per /url, µs", 1, Goal.atMost(20)),
  CODE_URL("url", "CPU per /url without the JIT, µs", 1, Goal.atMost(20)),
  BYTES_URL("url", "bytes per /url", 0, Goal.atMost(2_000)),
  CPU_BOOM("boom", "CPU per /boom, µs", 1, Goal.atMost(25)),
  CODE_BOOM("boom", "CPU per /boom without the JIT, µs", 1, Goal.atMost(25)),
  BYTES_BOOM("boom", "bytes per /boom", 0, Goal.atMost(4_000)),
  DELIVERED("", "spans delivered, %", 2, Goal.atLeast(99.9)),
  LEDGER("", "spans in the sink, less the ledger's", 0, Goal.exactly(0)),
  IDLE("idle", "CPU while idle, ms/s", 2, Goal.atMost(0.5)),
  IDLE_CODE("idle", "CPU while idle without the JIT, ms/s", 2, Goal.atMost(0.5)),
  RESIDENT("memory", "resident, MiB", 0, Goal.atMost(30)),
  HEAP("memory", "heap after GC, MiB", 1, Goal.atMost(4)),
  CLASSES("memory", "classes loaded", 0, Goal.atMost(2_000)),
  JAR("jar", "jar, MiB", 1, Goal.atMost(14));

  /** Its name after {@code --only}. Empty: comes with any path. */
  final String part;

  final String title;
  final Goal goal;
  private final int decimals;

  Row(String part, String title, int decimals, Goal goal) {
    this.part = part;
    this.title = title;
    this.decimals = decimals;
    this.goal = goal;
  }

  String print(double value) {
    String printed = String.format(Locale.ROOT, "%,." + decimals + "f", value);
    return printed.matches("-0(\\.0+)?") ? printed.substring(1) : printed;
  }
}

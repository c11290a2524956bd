// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The CPU time, user and system, of a process and of each of its threads, from {@code /proc}. One
 * thread.
 *
 * <p>{@code task/TID/schedstat} counts nanoseconds, but a thread that ended is gone from there;
 * {@code stat} of the process keeps those that ended, in ticks.
 */
final class CpuTime {

  /** 100 a second on Linux. */
  private static final long NANOS_PER_TICK = 10_000_000;

  /** Both ends are rounded down, and a thread that runs is counted up to its last tick. */
  private static final long TICKS_OF_DOUBT = 2;

  private final Path process;
  private final Map<Long, String> groups = new HashMap<>();

  CpuTime(long pid) {
    this(Path.of("/proc/" + pid));
  }

  CpuTime(Path process) {
    this.process = process;
  }

  Sample sample() throws IOException {
    Map<Long, Long> byThread = new HashMap<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path task : tasks) {
        long id = Long.parseLong(task.getFileName().toString());
        try {
          byThread.put(id, threadNanos(task));
          if (!groups.containsKey(id)) {
            groups.put(id, group(Files.readString(task.resolve("comm")).trim()));
          }
        } catch (IOException e) {
          // It has ended.
        }
      }
    }
    return new Sample(byThread, ticks(process.resolve("stat")) * NANOS_PER_TICK);
  }

  /** Where the time went, by the threads' names without their numbers. */
  Map<String, Long> nanosByGroup(Sample from, Sample to) {
    Map<String, Long> sums = new TreeMap<>();
    to.byThread.forEach(
        (id, nanos) ->
            sums.merge(
                groups.getOrDefault(id, "?"),
                nanos - from.byThread.getOrDefault(id, 0L),
                Long::sum));
    return sums;
  }

  /** What the JIT's threads have used. */
  long nanosOfCompilers(Sample from, Sample to) {
    return nanosByGroup(from, to).entrySet().stream()
        .filter(group -> group.getKey().matches("C[12] Compiler.*"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static long threadNanos(Path task) throws IOException {
    Path schedstat = task.resolve("schedstat");
    if (Files.exists(schedstat)) {
      String text = Files.readString(schedstat);
      return Long.parseLong(text.substring(0, text.indexOf(' ')));
    }
    return ticks(task.resolve("stat")) * NANOS_PER_TICK;
  }

  private static long ticks(Path stat) throws IOException {
    String text = Files.readString(stat);
    // The name in parentheses may hold blanks; utime and stime are the 12th and 13th after it.
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  /** {@code http-nio-8080-e} becomes {@code http-nio}; names are cut to 15 characters by Linux. */
  static String group(String name) {
    return name.replaceAll("[-# ]\\d+(-.*)?$", "");
  }

  /** Of one moment. */
  record Sample(Map<Long, Long> byThread, long processNanos) {

    /** What was used since; a thread that ended in between counts, if only in ticks. */
    long nanosSince(Sample from) {
      long byThreads = 0;
      for (Map.Entry<Long, Long> thread : byThread.entrySet()) {
        byThreads += thread.getValue() - from.byThread.getOrDefault(thread.getKey(), 0L);
      }
      long byTicks = processNanos - from.processNanos;
      return byTicks - byThreads > TICKS_OF_DOUBT * NANOS_PER_TICK ? byTicks : byThreads;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that the demo has started; all that it says is in its log. */
final class Child {

  /** Generous: four JVMs start at once, perhaps on two busy cores. */
  private static final Duration START_LIMIT = Duration.ofSeconds(120);

  private static final int TAIL_LINES = 25;

  private final String name;
  private final Process process;
  private final Path log;
  private final long startNanos = System.nanoTime();

  Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  String name() {
    return name;
  }

  Path log() {
    return log;
  }

  List<String> logLines() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How long ago it was started. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /**
   * To be called while it does not answer yet.
   *
   * @throws DemoFailure with the end of its log, when it has ended instead, or takes two minutes
   */
  void mayStillComeUp() {
    if (!process.isAlive()) {
      throw failure("has ended with exit code " + process.exitValue());
    }
    if (age().compareTo(START_LIMIT) > 0) {
      throw failure("does not answer after " + START_LIMIT.toSeconds() + " s");
    }
  }

  /** Asks it to end: shutdown hooks run, the agent flushes for the last time. */
  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Returns false when it still runs after that time. */
  boolean awaitEnd(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private DemoFailure failure(String what) {
    List<String> lines = logLines();
    List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    return new DemoFailure(
        "%s %s. The end of %s:\n\n  %s"
            .formatted(name, what, log, tail.isEmpty() ? "(empty)" : String.join("\n  ", tail)));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Lines of text as they come in: one thread adds, any thread waits. */
final class Lines {

  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  /** No more will come. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  synchronized List<String> all() {
    return List.copyOf(lines);
  }

  /** The first line that fits; empty after {@code limit}, or earlier when no more can come. */
  synchronized Optional<String> await(Predicate<String> fits, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    int seen = 0;
    while (true) {
      for (; seen < lines.size(); seen++) {
        if (fits.test(lines.get(seen))) {
          return Optional.of(lines.get(seen));
        }
      }
      if (ended || !waitUntil(deadline)) {
        return Optional.empty();
      }
    }
  }

  /** Waits until all has been read; false after {@code limit}. */
  synchronized boolean awaitEnd(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!ended) {
      if (!waitUntil(deadline)) {
        return false;
      }
    }
    return true;
  }

  private boolean waitUntil(long deadline) {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      return false;
    }
    try {
      wait(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.util.EnumMap;
import java.util.Map;

/** Whole lines that go out in one write, and again in one if it failed. */
final class LineChunk {

  private final byte[] bytes;
  private final Map<Signal, Integer> counts = new EnumMap<>(Signal.class);
  private long sentNanos;
  private int sends;

  LineChunk(LineBatch batch) {
    bytes = batch.toByteArray();
    for (int i = 0; i < batch.lines(); i++) {
      counts.merge(batch.signal(i), 1, Integer::sum);
    }
  }

  /** Read back from the disk. */
  LineChunk(OpenLines lines) {
    bytes = lines.bytes();
    for (int line : lines.first(lines.count())) {
      counts.merge(lines.signal(line), 1, Integer::sum);
    }
  }

  byte[] bytes() {
    return bytes;
  }

  long sentNanos() {
    return sentNanos;
  }

  /** How often it was given to a connection. */
  int sends() {
    return sends;
  }

  void sent(LineTally tally) {
    sentNanos = System.nanoTime();
    sends++;
    counts.forEach(tally::sent);
  }

  void recalled(LineTally tally) {
    counts.forEach(tally::recalled);
  }

  void dropped(LineTally tally, String reason) {
    counts.forEach((signal, count) -> tally.dropped(signal, reason, count));
  }
}

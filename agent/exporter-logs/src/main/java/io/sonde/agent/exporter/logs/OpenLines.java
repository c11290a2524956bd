// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Lines that go out together, each open until the server has told what became of it. All that is
 * needed to send them again, by another process if must be. One thread.
 */
final class OpenLines {

  private final String id;
  private final byte[] bytes;
  private final int[] ends;
  private final Signal[] signals;
  private final BitSet open = new BitSet();
  private final LineTally tally;

  /**
   * @param id of this batch among all of all agents
   */
  OpenLines(String id, LineBatch batch, LineTally tally) {
    this.id = id;
    this.bytes = batch.toByteArray();
    this.ends = new int[batch.lines()];
    this.signals = new Signal[batch.lines()];
    this.tally = tally;
    for (int i = 0; i < ends.length; i++) {
      ends[i] = batch.end(i);
      signals[i] = batch.signal(i);
    }
    open.set(0, ends.length);
  }

  /** How many are open. */
  int count() {
    return open.cardinality();
  }

  /** The first open ones, at most so many, in their order. */
  int[] first(int most) {
    int[] lines = new int[Math.min(most, count())];
    int line = -1;
    for (int i = 0; i < lines.length; i++) {
      line = open.nextSetBit(line + 1);
      lines[i] = line;
    }
    return lines;
  }

  byte[] bytes() {
    return bytes;
  }

  int start(int line) {
    return line == 0 ? 0 : ends[line - 1];
  }

  /** Behind its newline. */
  int end(int line) {
    return ends[line];
  }

  Signal signal(int line) {
    return signals[line];
  }

  /** The same each time the line is sent, and no other line's. */
  String key(int line) {
    return id + "-" + line;
  }

  /** The server has it. */
  void acked(int line) {
    open.clear(line);
    tally.acked(signals[line], 1);
  }

  /** It is lost. */
  void dropped(int line, String reason) {
    open.clear(line);
    tally.dropped(signals[line], reason, 1);
  }

  void dropAll(String reason) {
    Arrays.stream(first(count())).forEach(line -> dropped(line, reason));
  }
}

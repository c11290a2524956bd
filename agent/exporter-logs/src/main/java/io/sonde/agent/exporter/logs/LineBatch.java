// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Whole encoded lines, waiting to be sent together. The encoder writes into it as into a stream;
 * {@link #commit} ends a line, {@link #rollback} forgets what was written since. One thread.
 */
final class LineBatch extends OutputStream {

  private byte[] bytes = new byte[4_096];
  private int length;
  private int committed;
  private Signal[] signals = new Signal[16];
  private int[] ends = new int[16];
  private int lines;

  @Override
  public void write(int b) {
    reserve(1);
    bytes[length++] = (byte) b;
  }

  @Override
  public void write(byte[] source, int from, int count) {
    reserve(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  /** What was written since the last line is one line. */
  void commit(Signal signal) {
    if (lines == ends.length) {
      ends = Arrays.copyOf(ends, lines * 2);
      signals = Arrays.copyOf(signals, lines * 2);
    }
    signals[lines] = signal;
    ends[lines++] = length;
    committed = length;
  }

  /** A line failed half-way. */
  void rollback() {
    length = committed;
  }

  void clear() {
    length = 0;
    committed = 0;
    lines = 0;
  }

  int lines() {
    return lines;
  }

  /** Of all whole lines. */
  int size() {
    return committed;
  }

  Signal signal(int line) {
    return signals[line];
  }

  /** Behind its newline. */
  int end(int line) {
    return ends[line];
  }

  /** A copy, newline included. */
  byte[] line(int line) {
    return Arrays.copyOfRange(bytes, line == 0 ? 0 : ends[line - 1], ends[line]);
  }

  /** A copy of all lines. */
  byte[] toByteArray() {
    return Arrays.copyOf(bytes, committed);
  }

  private void reserve(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
  }
}

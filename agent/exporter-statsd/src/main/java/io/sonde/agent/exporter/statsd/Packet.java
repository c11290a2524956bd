// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whole lines, each ended by a newline, up to a size, and what each stands for. A counter's line
 * holds what was pending when it was written; only {@link #take} subtracts it there, so that a
 * packet which is not sent can simply be {@link #clear}ed. Sender's thread only.
 */
final class Packet {

  private static final byte[] REST_OF_COUNTER = {'|', 'c'};

  private final byte[] bytes;
  private final int limit;
  private int length;
  private int lines;
  private int[] ends = new int[64];
  private Series[] counters = new Series[64];
  private long[] amounts = new long[64];

  /** Set by {@link #take}: records and lines it was about. */
  private long recordsTaken;

  private long linesTaken;

  /**
   * @param limit in bytes, without the last line's newline, which a datagram does not carry
   */
  Packet(int limit) {
    this.limit = limit;
    this.bytes = new byte[limit + 1];
  }

  boolean isEmpty() {
    return lines == 0;
  }

  int limit() {
    return limit;
  }

  boolean hasRoom(int lineLength) {
    return length + lineLength <= limit;
  }

  /**
   * Adds a line that has room.
   *
   * @param counter whose pending records it holds, or null
   */
  void add(byte[] line, int lineLength, @Nullable Series counter) {
    if (lines == ends.length) {
      ends = Arrays.copyOf(ends, lines * 2);
      counters = Arrays.copyOf(counters, lines * 2);
      amounts = Arrays.copyOf(amounts, lines * 2);
    }
    System.arraycopy(line, 0, bytes, length, lineLength);
    length += lineLength;
    bytes[length++] = '\n';
    counters[lines] = counter;
    amounts[lines] = counter == null ? 0 : counter.pending;
    ends[lines++] = length;
  }

  /** All lines, the last one without its newline. */
  ByteBuffer datagram() {
    return ByteBuffer.wrap(bytes, 0, length - 1);
  }

  /** All lines with their newlines. */
  ByteBuffer stream() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  /**
   * The first {@code count} bytes have left: what their whole lines hold is pending no longer. Of a
   * line that was cut, its receiver may have made a whole one only when the type had left too.
   *
   * @return the records of such a line, which may or may not have been counted; most often 0
   */
  long take(int count) {
    recordsTaken = 0;
    linesTaken = 0;
    long uncertain = 0;
    for (int i = 0; i < lines; i++) {
      if (ends[i] <= count) {
        takeLine(i);
      } else if (counters[i] != null && cutAfterType(i, count)) {
        counters[i].pending -= amounts[i];
        uncertain += amounts[i];
      }
    }
    return uncertain;
  }

  long recordsTaken() {
    return recordsTaken;
  }

  long linesTaken() {
    return linesTaken;
  }

  /** Lines that are no counters and have not left, after {@link #take}. */
  long linesLeft() {
    long all = 0;
    for (int i = 0; i < lines; i++) {
      all += counters[i] == null ? 1 : 0;
    }
    return all - linesTaken;
  }

  void clear() {
    Arrays.fill(counters, 0, lines, null);
    length = 0;
    lines = 0;
    recordsTaken = 0;
    linesTaken = 0;
  }

  private void takeLine(int i) {
    if (counters[i] == null) {
      linesTaken++;
    } else {
      counters[i].pending -= amounts[i];
      recordsTaken += amounts[i];
    }
  }

  private boolean cutAfterType(int line, int count) {
    int from = line == 0 ? 0 : ends[line - 1];
    for (int i = from; i + 1 < count; i++) {
      if (bytes[i] == REST_OF_COUNTER[0] && bytes[i + 1] == REST_OF_COUNTER[1]) {
        return true;
      }
    }
    return false;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import java.util.Arrays;

/**
 * Encoded spans, laid out as the message that is sent, so that neither a span nor a batch is copied
 * or allocated:
 *
 * <pre>
 *  json    [ {span} , {span} , {span} ]        proto3   span span span
 *          0 └ ends[0]─┘                                (each carries its own length)
 * </pre>
 *
 * Any run of spans can be sent: the bytes around it, commas otherwise, become its brackets. One
 * thread.
 */
final class SpanBatch {

  /** Grows to the largest batch, and stays: one of 500 KB is made once, not once a second. */
  private static final int FIRST_CAPACITY = 32 * 1_024;

  /** 1 for a format with brackets and commas, else 0. */
  private final int separator;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int[] ends = new int[64];
  private int count;
  private int at;

  SpanBatch(boolean bracketed) {
    separator = bracketed ? 1 : 0;
    at = separator;
  }

  int count() {
    return count;
  }

  /** Size of the message with all its spans. */
  int sizeInBytes() {
    return count == 0 ? 2 * separator : ends[count - 1] + separator;
  }

  /** Room for that many more bytes at {@link #position}. The array may be another one after it. */
  byte[] reserve(int more) {
    if (bytes.length - at < more + separator) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + more + separator));
    }
    return bytes;
  }

  /** Where the next span begins. */
  int position() {
    return at;
  }

  /** The span that ends there is whole. One that is begun but not committed does not count. */
  void commit(int end) {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
    }
    ends[count++] = end;
    at = end + separator;
  }

  /** Prepares a message of the spans {@code from} to {@code to} (exclusive). */
  Message message(int from, int to) {
    int start = begin(from) - separator;
    int end = ends[to - 1] + separator;
    if (separator > 0) {
      reserve(0);
      bytes[start] = '[';
      for (int i = from; i < to; i++) {
        bytes[ends[i]] = ',';
      }
      bytes[end - 1] = ']';
    }
    return new Message(bytes, start, end - start);
  }

  void clear() {
    count = 0;
    at = separator;
  }

  private int begin(int span) {
    return span == 0 ? separator : ends[span - 1] + separator;
  }

  /** A run of bytes, valid until the batch changes. */
  static final class Message {

    final byte[] bytes;
    final int offset;
    final int length;

    Message(byte[] bytes, int offset, int length) {
      this.bytes = bytes;
      this.offset = offset;
      this.length = length;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import java.nio.charset.StandardCharsets;

/** Builds one line in a buffer that is used again: no garbage per line. Not thread-safe. */
final class LineWriter {

  /** Longer lines fit no packet; what is beyond is not written, the length tells it. */
  private static final int SIZE = 16_384;

  private static final byte[] COUNTER = {'|', 'c'};
  private static final byte[] TIMER = {'|', 'm', 's'};
  private static final byte[] RATE = {'|', '@', '0', '.'};

  private final byte[] bytes = new byte[SIZE];
  private final byte[] digits = new byte[20];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** {@code name:3|c}. */
  LineWriter counter(LineName name, long amount) {
    length = 0;
    append(name.headBytes);
    number(amount);
    append(COUNTER);
    append(name.tailBytes);
    return this;
  }

  /**
   * {@code name:12.345|ms}, with {@code |@0.25} when one in four was kept.
   *
   * @param kept out of {@code all}; both count from 1
   */
  LineWriter timer(LineName name, int micros, long kept, long all) {
    length = 0;
    append(name.headBytes);
    number(micros / 1_000);
    fraction(micros % 1_000, 3, (byte) '.');
    append(TIMER);
    if (kept < all) {
      append(RATE);
      fraction(Math.max(1, kept * 1_000_000 / all), 6, (byte) 0);
    }
    append(name.tailBytes);
    return this;
  }

  LineWriter text(String line) {
    length = 0;
    append(line.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private void append(byte[] part) {
    int room = Math.min(part.length, SIZE - length);
    System.arraycopy(part, 0, bytes, length, room);
    length += room;
  }

  private void number(long value) {
    int at = digits.length;
    long rest = value;
    do {
      digits[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
    int count = Math.min(digits.length - at, SIZE - length);
    System.arraycopy(digits, at, bytes, length, count);
    length += count;
  }

  /** That many digits, without zeros at the end; with the point before, unless all are zero. */
  private void fraction(long value, int places, byte point) {
    if (value == 0 || length + places + 1 > SIZE) {
      return;
    }
    if (point != 0) {
      bytes[length++] = point;
    }
    long rest = value;
    int left = places;
    while (rest % 10 == 0) {
      rest /= 10;
      left--;
    }
    for (int i = left - 1; i >= 0; i--) {
      bytes[length + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += left;
  }
}

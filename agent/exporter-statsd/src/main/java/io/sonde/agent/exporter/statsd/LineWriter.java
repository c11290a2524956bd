// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.micrometer.core.instrument.util.DoubleFormat;
import java.nio.charset.StandardCharsets;

/** Builds one line in a buffer that is used again: no garbage per line. Not thread-safe. */
final class LineWriter {

  /** Longer lines fit no packet; what is beyond is not written, the length tells it. */
  private static final int SIZE = 16_384;

  private static final byte[] COUNTER = {'|', 'c'};
  private static final byte[] GAUGE = {'|', 'g'};
  private static final byte[] NEW_LINE = {'\n'};
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

  /**
   * {@code name:7|g}.
   *
   * @param signIsChange where {@code -5} takes away 5: a value below zero is set to 0 first, in the
   *     same packet
   */
  LineWriter gauge(LineName name, double value, boolean signIsChange) {
    length = 0;
    if (value < 0 && signIsChange) {
      gauge(name, 0);
      append(NEW_LINE);
    }
    gauge(name, value);
    return this;
  }

  /** Most are whole numbers, which need no format and no garbage. */
  private void gauge(LineName name, double value) {
    append(name.headBytes);
    long whole = (long) value;
    if (whole == value && whole >= 0) {
      number(whole);
    } else {
      append(ascii(whole == value ? Long.toString(whole) : DoubleFormat.decimalOrNan(value)));
    }
    append(GAUGE);
    append(name.tailBytes);
  }

  LineWriter text(String line) {
    length = 0;
    append(line.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private static byte[] ascii(String digits) {
    return digits.getBytes(StandardCharsets.US_ASCII);
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

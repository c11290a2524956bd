// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import org.jspecify.annotations.Nullable;

/** Trace and span ids as lower-hex text, in the form that B3 and W3C share. */
final class Ids {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private static final ThreadLocal<@Nullable StringBuilder> SCRATCH = new ThreadLocal<>();

  private Ids() {}

  /**
   * Empty, and this thread's own until it makes a string of it: on the way to a string of 68
   * characters nothing else is allocated.
   */
  static StringBuilder scratch() {
    StringBuilder scratch = SCRATCH.get();
    if (scratch == null) {
      scratch = new StringBuilder(TraceHeaders.B3_LENGTH);
      SCRATCH.set(scratch);
    }
    scratch.setLength(0);
    return scratch;
  }

  /** 16 characters. */
  static String hex(long id) {
    StringBuilder text = scratch();
    append(text, id);
    return text.toString();
  }

  /** 32 characters, or 16 when the upper half is 0. */
  static String hex(long high, long low) {
    StringBuilder text = scratch();
    append(text, high, low);
    return text.toString();
  }

  /** The same as bytes of US-ASCII. */
  static byte[] hexBytes(long high, long low) {
    byte[] text = new byte[high == 0 ? 16 : 32];
    int at = 0;
    if (high != 0) {
      write(text, at, high);
      at = 16;
    }
    write(text, at, low);
    return text;
  }

  private static void write(byte[] text, int at, long id) {
    for (int i = at + 15; i >= at; i--) {
      text[i] = (byte) HEX[(int) (id & 15)];
      id >>>= 4;
    }
  }

  /** Appends 32 characters, or 16 when the upper half is 0. */
  static void append(StringBuilder to, long high, long low) {
    if (high != 0) {
      append(to, high);
    }
    append(to, low);
  }

  /** Appends 16 characters. */
  static void append(StringBuilder to, long id) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      to.append(HEX[(int) (id >>> shift) & 15]);
    }
  }

  /**
   * Reads {@code from} (inclusive) to {@code to} (exclusive), at most 16 characters of hex. Returns
   * 0, which is no valid id, for anything else. Upper case is understood.
   */
  static long parse(CharSequence text, int from, int to) {
    if (to - from > 16 || from >= to) {
      return 0;
    }
    long id = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0 || text.charAt(i) > 'f') {
        return 0;
      }
      id = id << 4 | digit;
    }
    return id;
  }
}

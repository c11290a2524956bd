// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import org.jspecify.annotations.Nullable;

/**
 * What is left of a line's 32 KB. Each value asks before it is written and gets the part of itself
 * that fits: so a line is encoded once, always valid JSON and never too long. One thread.
 */
final class LineBudget {

  /** Newline included. Elasticsearch's keyword fields end at 32,766 bytes too. */
  static final int LINE_BYTES = 32 * 1024;

  /** Kept for {@code "labels.truncated":"true"} and the closing brace and newline. */
  private static final int RESERVE = 64;

  /** Quotes, colon and comma around a name and its value. */
  private static final int PUNCTUATION = 6;

  /** As Jackson writes a character that JSON does not allow as it is: {@code \}{@code u001b}. */
  private static final int ESCAPE = 6;

  private int left;
  private boolean cut;

  /**
   * @param spent bytes of the fields that every line has
   */
  void reset(int spent) {
    left = LINE_BYTES - RESERVE - spent;
    cut = false;
  }

  /** True when a value was cut or left out since the last reset. */
  boolean cut() {
    return cut;
  }

  void markCut() {
    cut = true;
  }

  /** Reserves a number's place. False: no room. */
  boolean takeNumber(String name) {
    return spend(encodedLength(name) + PUNCTUATION + 20);
  }

  /**
   * The part of a value that may be written, at most {@code maxBytes} as encoded. Halves of
   * surrogate pairs, which no UTF-8 reader accepts, become U+FFFD. Null: no room.
   */
  @Nullable String take(String name, String value, int maxBytes) {
    int room = Math.min(maxBytes, left - encodedLength(name) - PUNCTUATION);
    if (room <= 0) {
      cut = true;
      return null;
    }
    String fitting = fitting(value, room);
    spend(encodedLength(name) + PUNCTUATION + encodedLength(fitting));
    return fitting;
  }

  private boolean spend(int bytes) {
    if (bytes > left) {
      cut = true;
      return false;
    }
    left -= bytes;
    return true;
  }

  private String fitting(String value, int room) {
    int bytes = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      bytes += encodedLength(c);
      if (bytes > room) {
        cut = true;
        boolean splitsPair = i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
        return whole(value.substring(0, splitsPair ? i - 1 : i));
      }
    }
    return whole(value);
  }

  private static int encodedLength(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      bytes += encodedLength(text.charAt(i));
    }
    return bytes;
  }

  private static int encodedLength(char c) {
    if (c < 0x80) {
      return c >= ' ' && c != '"' && c != '\\' ? 1 : c == '"' || c == '\\' ? 2 : ESCAPE;
    }
    return c < 0x800 ? 2 : Character.isSurrogate(c) ? ESCAPE : 3;
  }

  /** The same without halves of surrogate pairs. */
  static String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return withoutHalves(text);
      }
    }
    return text;
  }

  private static String withoutHalves(String text) {
    StringBuilder whole = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int point = text.codePointAt(i);
      if (Character.isSupplementaryCodePoint(point)) {
        i++;
      } else if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        point = '\uFFFD';
      }
      whole.appendCodePoint(point);
    }
    return whole.toString();
  }
}

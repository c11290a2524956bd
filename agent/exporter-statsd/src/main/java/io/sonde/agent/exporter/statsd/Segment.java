// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import java.nio.charset.StandardCharsets;

/**
 * One part of a dotted name, made from a value that may hold anything. Never has a dot, so that no
 * value changes a name's depth.
 *
 * <p>Leading and trailing {@code /} are dropped; {@code [A-Za-z0-9_-]} stay; {@code /} becomes
 * {@code -}, braces {@code _}, {@code *} {@code any}, all else {@code _}; nothing becomes {@code
 * root}; more than 80 characters are cut. Where that lost what could tell two values apart, {@code
 * -} and six hex digits of a hash of the value follow: {@code /a.b} is {@code a_b-} and a hash.
 */
final class Segment {

  /** Routes that Sonde names itself: an application's path of that name gets a hash. */
  static final String OTHER = "other";

  static final String PROBE = "probe";
  private static final String UNMATCHED = "unmatched";
  private static final String ROOT = "root";

  private static final int MAX_LENGTH = 80;

  private Segment() {}

  static String of(String value) {
    int from = 0;
    int to = value.length();
    while (from < to && value.charAt(from) == '/') {
      from++;
    }
    while (from < to && value.charAt(to - 1) == '/') {
      to--;
    }
    if (from == to) {
      return ROOT;
    }
    StringBuilder segment = new StringBuilder(to - from + 8);
    boolean lossy = append(value, from, to, segment) || from > 0 && reserved(segment);
    if (segment.length() > MAX_LENGTH) {
      segment.setLength(MAX_LENGTH);
      lossy = true;
    }
    return lossy ? segment.append('-').append(hash(value)).toString() : segment.toString();
  }

  /** The method itself, or {@code other}: it is the caller's to choose, and would make series. */
  static String method(String method) {
    switch (method) {
      case "GET":
      case "HEAD":
      case "POST":
      case "PUT":
      case "DELETE":
      case "CONNECT":
      case "OPTIONS":
      case "TRACE":
      case "PATCH":
        return method;
      default:
        return OTHER;
    }
  }

  /** Returns true when something was lost. */
  private static boolean append(String value, int from, int to, StringBuilder segment) {
    boolean lossy = false;
    for (int i = from; i < to; ) {
      int c = value.codePointAt(i);
      i += Character.charCount(c);
      if (kept(c)) {
        segment.append((char) c);
      } else if (c == '/') {
        segment.append('-');
      } else if (c == '*') {
        segment.append("any");
      } else {
        segment.append('_');
        lossy |= c != '{' && c != '}';
      }
    }
    return lossy;
  }

  static boolean kept(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '-';
  }

  private static boolean reserved(CharSequence segment) {
    String text = segment.toString();
    return text.equals(ROOT) || text.equals(OTHER) || text.equals(PROBE) || text.equals(UNMATCHED);
  }

  /** FNV-1a over UTF-8, folded to 24 bits: six hex digits, the same on every instance. */
  private static String hash(String value) {
    int hash = 0x811c9dc5;
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ b & 0xff) * 0x01000193;
    }
    int folded = hash >>> 24 ^ hash & 0xffffff;
    return Integer.toHexString(0x1000000 | folded).substring(1);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259): what it writes is always valid, whatever it is given.
 *
 * <ul>
 *   <li>{@code Map} an object (keys by {@code toString}, in the map's order), {@code Iterable} and
 *       {@code Object[]} an array, null null
 *   <li>{@code Number} a number; NaN and the infinities, which JSON lacks, null
 *   <li>{@code Boolean} true or false, anything else a string by its {@code toString}
 *   <li>in strings, quotes, backslashes, control characters, U+2028, U+2029 and {@code <} are
 *       escaped (so that it may stand in a page), a lone surrogate becomes U+FFFD
 *   <li>deeper than 32 levels (a loop, probably): null
 * </ul>
 *
 * Any thread. Throws only what a foreign {@code toString} or iterator throws.
 */
public final class Json {

  private static final int MAX_DEPTH = 32;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Json() {}

  /** The value as compact JSON, without a line break. */
  public static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder(256);
    append(out, value, 0);
    return out.toString();
  }

  /** The same in UTF-8. */
  public static byte[] bytes(@Nullable Object value) {
    return write(value).getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder out, @Nullable Object value, int depth) {
    if (value == null || depth > MAX_DEPTH) {
      out.append("null");
    } else if (value instanceof Map) {
      appendObject(out, (Map<?, ?>) value, depth);
    } else if (value instanceof Iterable) {
      appendArray(out, (Iterable<?>) value, depth);
    } else if (value instanceof Object[]) {
      appendArray(out, Arrays.asList((Object[]) value), depth);
    } else if (value instanceof Number) {
      appendNumber(out, (Number) value);
    } else if (value instanceof Boolean) {
      out.append(value);
    } else {
      appendString(out, String.valueOf(value));
    }
  }

  private static void appendObject(StringBuilder out, Map<?, ?> map, int depth) {
    char separator = '{';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      appendString(out, String.valueOf(entry.getKey()));
      out.append(':');
      append(out, entry.getValue(), depth + 1);
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  private static void appendArray(StringBuilder out, Iterable<?> items, int depth) {
    char separator = '[';
    for (Object item : items) {
      out.append(separator);
      append(out, item, depth + 1);
      separator = ',';
    }
    out.append(separator == '[' ? "[]" : "]");
  }

  private static void appendNumber(StringBuilder out, Number number) {
    if (isPlain(number)) {
      out.append(number);
      return;
    }
    double value = number.doubleValue();
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      out.append("null");
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.append((long) value);
    } else {
      // A float's own digits: 0.1f is 0.1, not 0.10000000149011612.
      out.append(number instanceof Float ? number.toString() : Double.toString(value));
    }
  }

  // Only the JDK's own, exactly: a subclass may print anything.
  private static boolean isPlain(Number number) {
    Class<?> type = number.getClass();
    return type == Long.class
        || type == Integer.class
        || type == Short.class
        || type == Byte.class
        || type == BigInteger.class
        || type == BigDecimal.class
        || type == AtomicLong.class
        || type == AtomicInteger.class
        || type == LongAdder.class;
  }

  private static void appendString(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else {
        appendChar(out, c);
      }
    }
    out.append('"');
  }

  private static void appendChar(StringBuilder out, char c) {
    if (c == '"' || c == '\\') {
      out.append('\\').append(c);
    } else if (c == '\n') {
      out.append("\\n");
    } else if (c == '\r') {
      out.append("\\r");
    } else if (c == '\t') {
      out.append("\\t");
    } else if (c < 0x20 || c == 0x7f || c == '<' || c == '\u2028' || c == '\u2029') {
      out.append("\\u").append(HEX[c >> 12]).append(HEX[c >> 8 & 15]);
      out.append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
    } else if (Character.isSurrogate(c)) {
      out.append('\uFFFD');
    } else {
      out.append(c);
    }
  }
}

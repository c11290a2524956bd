// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import org.jspecify.annotations.Nullable;

/**
 * The headers that carry a trace from one service to the next:
 *
 * <pre>
 *  b3           463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-1-05e3ac9a4f6e3b90
 *               trace id of 32 or 16 digits, span id, sampled (1, 0, d for debug), parent span id;
 *               the last two may be missing, or all but sampled
 *  X-B3-*       the same in one header each
 *  traceparent  00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
 *               version, trace id, span id, flags (bit 0: sampled)
 * </pre>
 *
 * Reading sets the trace id, the caller's span id as {@link Exchange#parentId}, the decision and
 * the debug flag. Input is hostile: what is not valid is not read at all, and leaves the exchange
 * as it was. On the application's thread: reading allocates nothing, writing the string.
 *
 * @see <a href="https://github.com/openzipkin/b3-propagation">B3 Propagation</a>
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
final class TraceHeaders {

  /** Trace Context, 3.3.1.5, asks for at least so much. */
  static final int MAX_TRACE_STATE = 512;

  private static final int TRACEPARENT_LENGTH = 55;

  /** At most: trace id, span id, decision, parent. */
  static final int B3_LENGTH = 68;

  private TraceHeaders() {}

  /**
   * Reads {@code b3}. True when it is valid; {@link Exchange#traceId} stays 0 when it holds a
   * decision alone.
   */
  static boolean readB3(@Nullable String value, Exchange into) {
    if (value == null) {
      return false;
    }
    int length = value.length();
    if (length == 1) {
      return decideBy(value.charAt(0), into);
    }
    int traceEnd = length > 16 && value.charAt(16) == '-' ? 16 : 32;
    int spanEnd = traceEnd + 17;
    if (length < spanEnd || value.charAt(traceEnd) != '-' || !isHex(value, 0, traceEnd)) {
      return false;
    }
    long traceId = Ids.parse(value, traceEnd - 16, traceEnd);
    long spanId = Ids.parse(value, traceEnd + 1, spanEnd);
    if (traceId == 0 || spanId == 0 || !decideAtEnd(value, spanEnd, into)) {
      return false;
    }
    into.traceIdHigh = traceEnd == 32 ? Ids.parse(value, 0, 16) : 0;
    into.traceId = traceId;
    into.parentId = spanId;
    return true;
  }

  /**
   * Reads {@code X-B3-TraceId}, {@code -SpanId}, {@code -ParentSpanId}, {@code -Sampled} and {@code
   * -Flags}. Ids may lack leading zeros, as some senders drop them. True when they are valid, or
   * absent beside a decision.
   */
  static boolean readB3Multi(
      @Nullable String traceId,
      @Nullable String spanId,
      @Nullable String parentId,
      @Nullable String sampled,
      @Nullable String flags,
      Exchange into) {
    char decision = decision(sampled, flags);
    if (decision == '?') {
      return false;
    }
    if (traceId == null && spanId == null) {
      return decideBy(decision, into);
    }
    if (traceId == null || spanId == null || traceId.length() > 32) {
      return false;
    }
    int split = Math.max(0, traceId.length() - 16);
    long low = Ids.parse(traceId, split, traceId.length());
    long span = Ids.parse(spanId, 0, spanId.length());
    boolean parentIsId = parentId == null || Ids.parse(parentId, 0, parentId.length()) != 0;
    if (low == 0 || span == 0 || !parentIsId || !isHex(traceId, 0, split)) {
      return false;
    }
    decide(decision, into);
    into.traceIdHigh = Ids.parse(traceId, 0, split);
    into.traceId = low;
    into.parentId = span;
    return true;
  }

  /** Reads {@code traceparent}, of later versions the part that is known. True when valid. */
  static boolean readTraceparent(@Nullable String value, Exchange into) {
    if (value == null || !isTraceparent(value)) {
      return false;
    }
    long high = Ids.parse(value, 3, 19);
    long low = Ids.parse(value, 19, 35);
    long span = Ids.parse(value, 36, 52);
    // An id whose lower half is 0 is valid here, but not in a trace of 64 bits: not continued.
    if (low == 0 || span == 0) {
      return false;
    }
    into.traceIdHigh = high;
    into.traceId = low;
    into.parentId = span;
    boolean sampled = (Ids.parse(value, 53, 55) & 1) != 0;
    into.decision = sampled ? Exchange.DECISION_YES : Exchange.DECISION_NO;
    into.debug = false;
    return true;
  }

  /**
   * What to pass on of a {@code tracestate}: all of it, or its first whole members up to 512
   * characters. Null when there is none, or when a character could end the header.
   */
  static @Nullable String traceState(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    int end = value.length();
    if (end > MAX_TRACE_STATE) {
      end = value.lastIndexOf(',', MAX_TRACE_STATE);
    }
    for (int i = 0; i < end; i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
        return null;
      }
    }
    return end <= 0 ? null : value.substring(0, end);
  }

  /** For {@code b3}; without a decision the receiver decides. */
  static String b3(Exchange exchange) {
    StringBuilder text = Ids.scratch();
    b3(exchange, text);
    return text.toString();
  }

  /** The same, behind what is there. */
  static void b3(Exchange exchange, StringBuilder to) {
    Ids.append(to, exchange.traceIdHigh, exchange.traceId);
    Ids.append(to.append('-'), exchange.spanId);
    if (exchange.debug || exchange.decision != Exchange.DECISION_OPEN) {
      to.append('-').append(exchange.debug ? 'd' : exchange.sampled() ? '1' : '0');
      if (exchange.parentId != 0) {
        Ids.append(to.append('-'), exchange.parentId);
      }
    }
  }

  /** For {@code traceparent}: an id of 64 bits is filled up with zeros. */
  static String traceparent(Exchange exchange) {
    StringBuilder text = Ids.scratch();
    traceparent(exchange, text);
    return text.toString();
  }

  /** The same, behind what is there. */
  static void traceparent(Exchange exchange, StringBuilder to) {
    Ids.append(to.append("00-"), exchange.traceIdHigh);
    Ids.append(to, exchange.traceId);
    Ids.append(to.append('-'), exchange.spanId);
    to.append(exchange.sampled() || exchange.debug ? "-01" : "-00");
  }

  /** What follows a b3's ids: nothing, a decision, or a decision and the parent's id. */
  private static boolean decideAtEnd(String value, int from, Exchange into) {
    int length = value.length();
    if (length == from) {
      return decide('-', into);
    }
    boolean child = length == from + 19;
    boolean formed =
        value.charAt(from) == '-'
            && (child
                ? value.charAt(from + 2) == '-' && Ids.parse(value, from + 3, length) != 0
                : length == from + 2);
    return formed && decideBy(value.charAt(from + 1), into);
  }

  /** {@code 1}, {@code 0}, {@code d}, {@code -} for none, {@code ?} for what is not valid. */
  private static char decision(@Nullable String sampled, @Nullable String flags) {
    if ("1".equals(flags)) {
      return 'd';
    }
    if (sampled == null) {
      return '-';
    }
    if (sampled.equals("1") || sampled.equalsIgnoreCase("true")) {
      return '1';
    }
    return sampled.equals("0") || sampled.equalsIgnoreCase("false") ? '0' : '?';
  }

  /** A decision that was given; its absence is none. */
  private static boolean decideBy(char decision, Exchange into) {
    return decision != '-' && decide(decision, into);
  }

  private static boolean decide(char decision, Exchange into) {
    switch (decision) {
      case '1':
      case 'd':
        into.decision = Exchange.DECISION_YES;
        break;
      case '0':
        into.decision = Exchange.DECISION_NO;
        break;
      case '-':
        into.decision = Exchange.DECISION_OPEN;
        break;
      default:
        return false;
    }
    into.debug = decision == 'd';
    return true;
  }

  /** Trace Context, 3.2.2: lower case only; version ff is none; version 00 ends with the flags. */
  private static boolean isTraceparent(String value) {
    int length = value.length();
    if (length < TRACEPARENT_LENGTH
        || value.charAt(2) != '-'
        || value.charAt(35) != '-'
        || value.charAt(52) != '-') {
      return false;
    }
    boolean versionZero = value.charAt(0) == '0' && value.charAt(1) == '0';
    boolean ends =
        length == TRACEPARENT_LENGTH || !versionZero && value.charAt(TRACEPARENT_LENGTH) == '-';
    return ends
        && !value.startsWith("ff")
        && isLowerHex(value, 0, 2)
        && isLowerHex(value, 3, 35)
        && isLowerHex(value, 36, 52)
        && isLowerHex(value, 53, 55);
  }

  private static boolean isLowerHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Where {@link Ids#parse} may say 0 and mean it. */
  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F')) {
        return false;
      }
    }
    return true;
  }
}

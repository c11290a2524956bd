// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import org.jspecify.annotations.Nullable;

/** The formats of trace headers: B3 (openzipkin/b3-propagation) and W3C Trace Context. */
final class TraceHeaders {

  private TraceHeaders() {}

  static boolean readB3(String value, Exchange into) {
    int length = value.length();
    if (length == 1) {
      return readState(value.charAt(0), into);
    }
    int dash = value.indexOf('-');
    if (dash != 16 && dash != 32 || length < dash + 17) {
      return false;
    }
    long high = dash == 32 ? Ids.parse(value, 0, 16) : 0;
    long low = Ids.parse(value, dash - 16, dash);
    long span = Ids.parse(value, dash + 1, dash + 17);
    if (low == 0 || span == 0) {
      return false;
    }
    if (length > dash + 17 && value.charAt(dash + 17) != '-') {
      return false;
    }
    into.traceIdHigh = high;
    into.traceId = low;
    into.parentId = span;
    if (length > dash + 18) {
      readState(value.charAt(dash + 18), into);
    }
    return true;
  }

  private static boolean readState(char state, Exchange into) {
    switch (state) {
      case '0':
        into.decision = Exchange.DECISION_NO;
        return true;
      case '1':
        into.decision = Exchange.DECISION_YES;
        return true;
      case 'd':
        into.decision = Exchange.DECISION_YES;
        into.debug = true;
        return true;
      default:
        return false;
    }
  }

  static boolean readTraceId(String value, Exchange into) {
    int length = value.length();
    if (length != 16 && length != 32) {
      return false;
    }
    long low = Ids.parse(value, length - 16, length);
    if (low == 0) {
      return false;
    }
    into.traceIdHigh = length == 32 ? Ids.parse(value, 0, 16) : 0;
    into.traceId = low;
    return true;
  }

  static boolean readSpanId(String value, Exchange into) {
    into.parentId = value.length() == 16 ? Ids.parse(value, 0, 16) : 0;
    return into.parentId != 0;
  }

  static void readSampled(@Nullable String value, Exchange into) {
    if ("1".equals(value) || "true".equalsIgnoreCase(value)) {
      into.decision = Exchange.DECISION_YES;
    } else if ("0".equals(value) || "false".equalsIgnoreCase(value)) {
      into.decision = Exchange.DECISION_NO;
    }
  }

  static void readFlags(@Nullable String value, Exchange into) {
    if ("1".equals(value)) {
      readState('d', into);
    }
  }

  static boolean readTraceparent(String value, Exchange into) {
    if (value.length() < 55
        || value.charAt(2) != '-'
        || value.charAt(35) != '-'
        || value.charAt(52) != '-'
        || value.startsWith("ff")) {
      return false;
    }
    long low = Ids.parse(value, 19, 35);
    long span = Ids.parse(value, 36, 52);
    if (low == 0 || span == 0) {
      return false;
    }
    into.traceIdHigh = Ids.parse(value, 3, 19);
    into.traceId = low;
    into.parentId = span;
    into.decision =
        (Character.digit(value.charAt(54), 16) & 1) == 1
            ? Exchange.DECISION_YES
            : Exchange.DECISION_NO;
    return true;
  }

  static String b3(Exchange e) {
    StringBuilder text = new StringBuilder(68);
    text.append(e.traceIdString()).append('-').append(e.spanIdString());
    if (e.decision != Exchange.DECISION_OPEN) {
      text.append('-').append(e.debug ? 'd' : e.sampled() ? '1' : '0');
      if (e.parentId != 0 && e.parentId != e.spanId) {
        text.append('-').append(Ids.hex(e.parentId));
      }
    }
    return text.toString();
  }

  static String traceparent(Exchange e) {
    char[] text = new char[55];
    text[0] = '0';
    text[1] = '0';
    text[2] = '-';
    Ids.write(text, 3, e.traceIdHigh);
    Ids.write(text, 19, e.traceId);
    text[35] = '-';
    Ids.write(text, 36, e.spanId);
    text[52] = '-';
    text[53] = '0';
    text[54] = e.sampled() ? '1' : '0';
    return new String(text);
  }
}

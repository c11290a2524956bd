// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sonde.agent.recording.MessageMask;
import io.sonde.agent.recording.RootCause;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.logstash.logback.stacktrace.ShortenedThrowableConverter;
import org.jspecify.annotations.Nullable;

/**
 * A throwable as text: type and message of its root cause, and all stack traces, root cause first,
 * frames that are common to two of them once.
 *
 * <p>It is the application's: its methods may throw, and its causes may be thousands. Then the
 * stack trace says so instead.
 */
final class ThrownText {

  /** Of a stack trace, in characters and as encoded. */
  static final int MAX_STACK = 16 * 1024;

  private static final int MAX_MESSAGE = 2_048;

  /** As the library says it. */
  private static final String EXCLUDED = " frames excluded\n";

  private static final String FOLDED = " frames folded\n";

  private final String type;
  private final @Nullable String message;
  private final String stackTrace;

  private ThrownText(String type, @Nullable String message, String stackTrace) {
    this.type = type;
    this.message = message;
    this.stackTrace = stackTrace;
  }

  static ThrownText of(
      Throwable thrown, ShortenedThrowableConverter converter, MessageMask messages) {
    Throwable root = thrown;
    try {
      root = RootCause.of(thrown);
      return new ThrownText(
          root.getClass().getName(),
          messages.mask(root.getMessage()),
          masked(stack(thrown, converter), messages));
    } catch (Throwable t) {
      String unreadable = "unreadable: " + t.getClass().getName();
      return new ThrownText(root.getClass().getName(), unreadable, unreadable);
    }
  }

  /**
   * To be started by the caller, used by one thread.
   *
   * @param folded beginnings of class names; of several such frames in a row only their number is
   *     written, but for the one where the exception was made
   */
  static ShortenedThrowableConverter converter(List<String> folded) {
    ShortenedThrowableConverter converter = new ShortenedThrowableConverter();
    converter.setRootCauseFirst(true);
    converter.setOmitCommonFrames(true);
    converter.setMaxLength(MAX_STACK);
    converter.setLineSeparator("UNIX");
    if (!folded.isEmpty()) {
      converter.addExclude(
          folded.stream().map(Pattern::quote).collect(Collectors.joining("|", "^(?:", ")")));
    }
    return converter;
  }

  String type() {
    return type;
  }

  @Nullable String message() {
    return message;
  }

  void writeName(LineFields to, JsonGenerator json) throws IOException {
    to.text(json, "error.type", type, LineFields.NAME);
    to.text(json, "error.message", message, MAX_MESSAGE);
  }

  /** To be written last: it is the longest, and gets what is left of the line. */
  void writeStack(LineFields to, JsonGenerator json) throws IOException {
    to.text(json, "error.stack_trace", stackTrace, MAX_STACK);
  }

  private static String stack(Throwable thrown, ShortenedThrowableConverter converter) {
    LoggingEvent event = new LoggingEvent();
    event.setThrowableProxy(new ThrowableProxy(thrown));
    return converter.convert(event);
  }

  /** All but the frames: a message may be of several lines. */
  private static String masked(String stack, MessageMask messages) {
    StringBuilder masked = new StringBuilder(stack.length());
    int message = 0;
    int from = 0;
    while (from < stack.length()) {
      int end = stack.indexOf('\n', from) + 1;
      end = end == 0 ? stack.length() : end;
      if (isFrame(stack, from, end)) {
        masked.append(messages.mask(stack.substring(message, from)));
        boolean folded = stack.startsWith(EXCLUDED, end - EXCLUDED.length());
        masked.append(stack, from, folded ? end - EXCLUDED.length() : end);
        masked.append(folded ? FOLDED : "");
        message = end;
      }
      from = end;
    }
    return masked.append(messages.mask(stack.substring(message))).toString();
  }

  /**
   * {@code at com.acme.Disk.read(Disk.java:7)}, {@code ... 12 common frames omitted}. Of suppressed
   * exceptions they begin with more than one tab.
   */
  private static boolean isFrame(String stack, int from, int end) {
    int at = from;
    while (at < end && stack.charAt(at) == '\t') {
      at++;
    }
    if (at == from || stack.startsWith("... ", at)) {
      return at > from;
    }
    int open = stack.indexOf('(', at);
    return stack.startsWith("at ", at)
        && open > 0
        && open < end
        && stack.lastIndexOf(' ', open) == at + 2;
  }
}

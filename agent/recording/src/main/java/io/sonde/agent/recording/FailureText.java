// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An exception in one line that gives no secret away, at most 200 characters: its class and its
 * message, and those of its root cause.
 *
 * <pre>
 *  PSQLException: FATAL: password authentication failed for user ***
 *  SQLTransientConnectionException: orders-db - Connection is not available, request timed out
 *  after 500ms. (ConnectException: Connection refused)
 * </pre>
 *
 * <p>Nobody can list all secrets, so that whatever may hold one is masked whole: what stands in
 * quotes, values of {@code key=value}, queries, JDBC URLs, the user of any other URL, the word
 * after {@code user}, {@code password} and the like, and what {@link MessageMask#tokens} knows.
 * What a URL and the name of a secret look like, {@link MessageMask} knows. Hosts and ports stay:
 * they are what an operator needs. For Sonde's threads.
 */
public final class FailureText {

  static final int MAX_LENGTH = 200;

  /** Longer messages are cut before they are searched. */
  private static final int MAX_MESSAGE = 1_000;

  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"?|'[^']*'?|`[^`]*`?");
  private static final Pattern QUERY = Pattern.compile("\\?\\S+");
  private static final Pattern PAIR = Pattern.compile("([A-Za-z0-9_.-]+)\\s*=\\s*[^\\s,;&)]+");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)\\b(user(?:\\s?name)?|login|role|account|principal)(\\s*:\\s*|\\s+(?:is\\s+)?)"
              + "(?!\\*)[^\\s,;)\"']+");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)("
              + MessageMask.SECRET_NAME
              + ")\\s*:\\s*("
              + MessageMask.AUTHENTICATION_SCHEME
              + ")?\\S+");

  private FailureText() {}

  public static String of(Throwable thrown) {
    Throwable root = RootCause.of(thrown);
    String text = brief(thrown);
    if (root != thrown) {
      text += " (" + brief(root) + ')';
    }
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + '…';
  }

  private static String brief(Throwable thrown) {
    String type = thrown.getClass().getName();
    String name = type.substring(type.lastIndexOf('.') + 1);
    String message = message(thrown);
    return message == null || message.isEmpty() ? name : name + ": " + mask(message);
  }

  /** The application's own code: it may throw, and return anything. */
  private static @Nullable String message(Throwable thrown) {
    try {
      return thrown.getMessage();
    } catch (Throwable t) {
      return "";
    }
  }

  static String mask(String message) {
    String text = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
    text = text.replaceAll("[\\s\\p{Cntrl}]+", " ").trim();
    text = QUOTED.matcher(MessageMask.urls(text)).replaceAll("***");
    text = QUERY.matcher(text).replaceAll("?***");
    text = PAIR.matcher(text).replaceAll("$1=***");
    text = SECRET.matcher(text).replaceAll("$1: $2***");
    return MessageMask.tokens(NAMED.matcher(text).replaceAll("$1$2***"));
  }
}

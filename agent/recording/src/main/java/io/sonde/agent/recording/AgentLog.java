// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Sonde's own log: lines of {@code [sonde] …} on stderr or in a file. Never called on an
 * application's thread once it runs. One line per change of state, not per event: see {@link
 * #once}.
 */
public final class AgentLog {

  /** In order of severity. */
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    OFF
  }

  /** Kinds of lines that {@link #once} remembers; more are told each time, so none is lost. */
  private static final int MAX_KINDS = 1_000;

  /** Its patterns are compiled for the first exception that is told, not in premain. */
  private static final class Masking {
    static final MessageMask MASK = new MessageMask(Collections.<String>emptySet());
  }

  private static final ConcurrentMap<String, Boolean> TOLD = new ConcurrentHashMap<>();

  private static volatile Level level = Level.INFO;
  private static volatile PrintStream out = System.err;

  private AgentLog() {}

  /** Lines below the level are dropped. */
  public static void level(Level newLevel) {
    level = newLevel;
  }

  /**
   * Appends to a file from now on.
   *
   * @return null, or why it cannot be: then all stays as it was
   */
  public static @Nullable String file(String path) {
    try {
      out = new PrintStream(new FileOutputStream(path, true), true, "UTF-8");
      return null;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** For tests. Null: stderr. */
  public static void to(@Nullable PrintStream stream) {
    out = stream == null ? System.err : stream;
  }

  public static void debug(String line) {
    write(Level.DEBUG, line);
  }

  public static void info(String line) {
    write(Level.INFO, line);
  }

  public static void warn(String line) {
    write(Level.WARN, line);
  }

  /** The first line of its kind is a warning, later ones are for debugging. */
  public static void once(String kind, String line) {
    boolean first = TOLD.size() >= MAX_KINDS || TOLD.putIfAbsent(kind, Boolean.TRUE) == null;
    write(first ? Level.WARN : Level.DEBUG, line);
  }

  /**
   * {@code java.io.IOException: disk full}, on one line, without what may be a secret. Throws
   * nothing: whoever tells of an exception often has no other way to survive it.
   */
  public static String brief(Throwable thrown) {
    try {
      return oneLine(String.valueOf(Masking.MASK.mask(String.valueOf(thrown))));
    } catch (Throwable t) {
      // The exception is the application's, and its own code failed: its class must do.
      return thrown.getClass().getName();
    }
  }

  private static void write(Level of, String line) {
    if (of.compareTo(level) >= 0) {
      byte[] bytes = ("[sonde] " + oneLine(line) + "\n").getBytes(StandardCharsets.UTF_8);
      PrintStream stream = out;
      // One write per line, so that lines of several threads or JVMs do not mix.
      stream.write(bytes, 0, bytes.length);
      stream.flush();
    }
  }

  /** Input from the network may stand in a line: no control character reaches a terminal. */
  private static String oneLine(String line) {
    StringBuilder clean = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      clean.append(Character.isISOControl(c) ? ' ' : c);
    }
    return clean.toString();
  }
}

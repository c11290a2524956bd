// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The lowest level that is shipped: of all loggers, and of those below a prefix, {@code com.acme}.
 * The longest prefix of a logger wins. Immutable.
 *
 * <p>Levels are 1 trace to 5 error.
 */
public final class LogLevels {

  /** No event at all. */
  public static final LogLevels NONE = from(6);

  private final int others;
  private final int lowest;

  /** The longest first. */
  private final String[] prefixes;

  private final int[] levels;

  private LogLevels(int others, Map<String, Integer> byPrefix) {
    List<String> sorted = new ArrayList<>(byPrefix.keySet());
    sorted.sort(Comparator.comparingInt(String::length).reversed());
    this.others = others;
    this.prefixes = sorted.toArray(new String[0]);
    this.levels = new int[prefixes.length];
    int least = others;
    for (int i = 0; i < prefixes.length; i++) {
      levels[i] = byPrefix.get(prefixes[i]);
      least = Math.min(least, levels[i]);
    }
    this.lowest = least;
  }

  /** The same of every logger. */
  public static LogLevels from(int level) {
    return from(level, Collections.<String, Integer>emptyMap());
  }

  /**
   * @param others of loggers that have none of the prefixes
   */
  public static LogLevels from(int others, Map<String, Integer> byPrefix) {
    return new LogLevels(others, byPrefix);
  }

  /** Any thread; the application's asks for each event. */
  public boolean include(int level, String logger) {
    if (level < lowest) {
      return false;
    }
    for (int i = 0; i < prefixes.length; i++) {
      if (isBelow(logger, prefixes[i])) {
        return level >= levels[i];
      }
    }
    return level >= others;
  }

  /** {@code com.acme} and {@code com.acme.Orders}, not {@code com.acmeist}. */
  private static boolean isBelow(String logger, String prefix) {
    int end = prefix.length();
    return logger.startsWith(prefix)
        && (logger.length() == end || logger.charAt(end) == '.' || logger.charAt(end) == '$');
  }
}

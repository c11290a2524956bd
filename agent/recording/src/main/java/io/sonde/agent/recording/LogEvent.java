// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event that the application logged. Immutable. */
public final class LogEvent {

  static final int WARN = 4;

  private static final String[] LEVELS = {"TRACE", "TRACE", "DEBUG", "INFO", "WARN", "ERROR"};

  private final int level;
  private final long epochMillis;
  private final String logger;
  private final String message;
  private final String threadName;
  private final @Nullable Throwable thrown;
  private final Map<String, String> mdc;
  private final @Nullable Exchange exchange;

  /**
   * @param level 1 trace to 5 error
   * @param logger null when it has no name
   * @param mdc the application's own keys
   * @param exchange what the thread served, for the ids; null when it served nothing
   */
  public LogEvent(
      int level,
      long epochMillis,
      @Nullable String logger,
      @Nullable String message,
      String threadName,
      @Nullable Throwable thrown,
      @Nullable Map<String, String> mdc,
      @Nullable Exchange exchange) {
    this.level = Math.max(1, Math.min(5, level));
    this.epochMillis = epochMillis;
    this.logger = logger == null ? "" : logger;
    this.message = message == null ? "" : message;
    this.threadName = threadName;
    this.thrown = thrown;
    this.mdc = mdc == null ? Collections.<String, String>emptyMap() : mdc;
    this.exchange = exchange;
  }

  /** 1 trace to 5 error. */
  public int level() {
    return level;
  }

  /** {@code TRACE} … {@code ERROR}. */
  public String levelName() {
    return LEVELS[level];
  }

  public long epochMillis() {
    return epochMillis;
  }

  public String logger() {
    return logger;
  }

  /** Formatted, by the application where it did so itself. */
  public String message() {
    return message;
  }

  public String threadName() {
    return threadName;
  }

  public @Nullable Throwable thrown() {
    return thrown;
  }

  public Map<String, String> mdc() {
    return mdc;
  }

  /** What the thread served. May still be in flight: only its ids may be read. */
  public @Nullable Exchange exchange() {
    return exchange;
  }
}

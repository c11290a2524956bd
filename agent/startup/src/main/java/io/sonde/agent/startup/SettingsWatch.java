// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.AgentThreads;
import java.io.File;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks every 5 s whether the file named by {@code sonde.config} is another, on a thread of its
 * own, and applies what of it may change while running. Without such a file there is no thread.
 */
final class SettingsWatch {

  private static final long EVERY_NANOS = 5_000_000_000L;

  private final Settings settings;
  private final Runnable changed;
  private final @Nullable File file;
  private final Thread thread = AgentThreads.unstarted("settings", this::run);
  private volatile boolean closed;
  private long lastModified;
  private long lastLength;

  /**
   * @param changed called after something was applied
   */
  SettingsWatch(Settings settings, Runnable changed) {
    this.settings = settings;
    this.changed = changed;
    String path = settings.find(Keys.CONFIG);
    this.file = path == null ? null : new File(path);
    remember();
  }

  void start() {
    if (file != null) {
      thread.start();
    }
  }

  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(this, EVERY_NANOS);
      try {
        look();
      } catch (Throwable t) {
        AgentLog.once("settings" + t.getClass(), "settings: " + AgentLog.brief(t));
      }
    }
  }

  /** Once. */
  void look() {
    if (file != null && (file.lastModified() != lastModified || file.length() != lastLength)) {
      // Before reading: what is written meanwhile is seen the next time.
      remember();
      List<String> lines = settings.reload();
      lines.forEach(AgentLog::warn);
      if (!lines.isEmpty()) {
        changed.run();
      }
    }
  }

  private void remember() {
    if (file != null) {
      lastModified = file.lastModified();
      lastLength = file.length();
    }
  }
}

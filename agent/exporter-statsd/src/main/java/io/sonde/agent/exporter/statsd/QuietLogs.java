// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.micrometer.common.util.internal.logging.AbstractInternalLogger;
import io.micrometer.common.util.internal.logging.InternalLogger;
import io.micrometer.common.util.internal.logging.InternalLoggerFactory;
import io.sonde.agent.recording.AgentLog;

/**
 * Leads Micrometer's own warnings into Sonde's log. Left alone it takes SLF4J where that is found,
 * else java.util.logging, whose set-up is the application's affair.
 */
final class QuietLogs extends InternalLoggerFactory {

  static void install() {
    InternalLoggerFactory.setDefaultFactory(new QuietLogs());
  }

  @Override
  protected InternalLogger newInstance(String name) {
    return new ToAgentLog(name);
  }

  /** Warnings and errors once per logger; the rest is not made at all. */
  private static final class ToAgentLog extends AbstractInternalLogger {

    ToAgentLog(String name) {
      super(name);
    }

    private void tell(String message) {
      AgentLog.once("micrometer " + name(), "micrometer: " + message);
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public void trace(String message) {}

    @Override
    public void trace(String format, Object arg) {}

    @Override
    public void trace(String format, Object a, Object b) {}

    @Override
    public void trace(String format, Object... args) {}

    @Override
    public void trace(String message, Throwable thrown) {}

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public void debug(String message) {}

    @Override
    public void debug(String format, Object arg) {}

    @Override
    public void debug(String format, Object a, Object b) {}

    @Override
    public void debug(String format, Object... args) {}

    @Override
    public void debug(String message, Throwable thrown) {}

    @Override
    public boolean isInfoEnabled() {
      return false;
    }

    @Override
    public void info(String message) {}

    @Override
    public void info(String format, Object arg) {}

    @Override
    public void info(String format, Object a, Object b) {}

    @Override
    public void info(String format, Object... args) {}

    @Override
    public void info(String message, Throwable thrown) {}

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public void warn(String message) {
      tell(message);
    }

    @Override
    public void warn(String format, Object arg) {
      tell(format);
    }

    @Override
    public void warn(String format, Object a, Object b) {
      tell(format);
    }

    @Override
    public void warn(String format, Object... args) {
      tell(format);
    }

    @Override
    public void warn(String message, Throwable thrown) {
      tell(message + ": " + AgentLog.brief(thrown));
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }

    @Override
    public void error(String message) {
      tell(message);
    }

    @Override
    public void error(String format, Object arg) {
      tell(format);
    }

    @Override
    public void error(String format, Object a, Object b) {
      tell(format);
    }

    @Override
    public void error(String format, Object... args) {
      tell(format);
    }

    @Override
    public void error(String message, Throwable thrown) {
      tell(message + ": " + AgentLog.brief(thrown));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.log4j2;

import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a {@code SocketAppender} of Log4j 2 is in use, through its public members, by
 * name: Sonde's loader cannot link it. One that a logger refers to is all that is asked about; a
 * new configuration stops it.
 *
 * <p>For Sonde's threads. No {@code Method} is kept: it would keep the application's class loader
 * alive.
 */
public final class SocketAppenderReader {

  private SocketAppenderReader() {}

  /** Whether it is of Log4j 2. */
  public static boolean reads(Object appender) {
    return appender.getClass().getName().startsWith("org.apache.logging.log4j.");
  }

  /** Its class and name, e.g. {@code SocketAppender LOGSTASH}, when it is started; else null. */
  public static @Nullable String inUse(Object appender) {
    try {
      return (Boolean) call(appender, "isStarted")
          ? appender.getClass().getSimpleName() + " " + call(appender, "getName")
          : null;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null; // Another Log4j than we know: its events are shipped, perhaps twice.
    }
  }

  private static Object call(Object target, String getter) throws ReflectiveOperationException {
    return target.getClass().getMethod(getter).invoke(target);
  }
}

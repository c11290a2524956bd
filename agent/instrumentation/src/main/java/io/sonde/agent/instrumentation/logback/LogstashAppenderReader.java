// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.logback;

import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether an appender of logstash-logback-encoder is in use, through Logback's public
 * members, by name: Sonde's loader cannot link it. Takes none of Logback's locks.
 *
 * <p>For Sonde's threads. No {@code Method} is kept: it would keep the application's class loader
 * alive.
 */
public final class LogstashAppenderReader {

  /** AsyncAppender in AsyncAppender: whoever nests deeper gets his events twice. */
  private static final int MAX_DEPTH = 3;

  private LogstashAppenderReader() {}

  /**
   * Its class and name, e.g. {@code LogstashTcpSocketAppender LOGSTASH}, when it is started and
   * hangs on a logger, be it inside of an AsyncAppender; else null. An appender of logback-access
   * has no such context.
   */
  public static @Nullable String inUse(Object appender) {
    try {
      if (!(Boolean) call(appender, "isStarted")) {
        return null;
      }
      Object context = call(appender, "getContext");
      for (Object logger : (List<?>) call(context, "getLoggerList")) {
        if (leadsTo(appender, logger, MAX_DEPTH)) {
          return appender.getClass().getSimpleName() + " " + call(appender, "getName");
        }
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another Logback than we know: its events are shipped, perhaps twice.
    }
    return null;
  }

  /**
   * @param attachable a logger, or an appender that may have others
   */
  private static boolean leadsTo(Object appender, Object attachable, int depth)
      throws ReflectiveOperationException {
    Method appenders = method(attachable, "iteratorForAppenders");
    if (appenders == null) {
      return false;
    }
    for (Iterator<?> all = (Iterator<?>) appenders.invoke(attachable); all.hasNext(); ) {
      Object next = all.next();
      if (next == appender || depth > 0 && leadsTo(appender, next, depth - 1)) {
        return true;
      }
    }
    return false;
  }

  private static Object call(Object target, String getter) throws ReflectiveOperationException {
    return target.getClass().getMethod(getter).invoke(target);
  }

  private static @Nullable Method method(Object target, String name) {
    try {
      return target.getClass().getMethod(name);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.micrometer.common.util.internal.logging.InternalLogger;
import io.micrometer.common.util.internal.logging.InternalLoggerFactory;
import io.micrometer.shaded.io.netty.util.internal.PlatformDependent;
import io.micrometer.shaded.reactor.util.Logger;
import io.micrometer.shaded.reactor.util.Loggers;
import io.sonde.agent.recording.AgentLog;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Leads what Micrometer, Reactor and Netty have to say into Sonde's log: warnings and errors, once
 * per logger. Left alone they take SLF4J where they find it, else java.util.logging, whose set-up
 * is the application's affair. A proxy, since the three have three interfaces of the same 30
 * methods.
 */
final class QuietLogs implements InvocationHandler {

  private static final String NO_UNSAFE = "io.micrometer.shaded.io.netty.noUnsafe";

  private final String logger;

  private QuietLogs(String logger) {
    this.logger = logger;
  }

  /** Before the first class of the three is used that logs. */
  static void install() {
    InternalLoggerFactory.setDefaultFactory(
        new InternalLoggerFactory() {
          @Override
          protected InternalLogger newInstance(String name) {
            return logger(InternalLogger.class, name);
          }
        });
    io.micrometer.shaded.io.netty.util.internal.logging.InternalLoggerFactory.setDefaultFactory(
        new io.micrometer.shaded.io.netty.util.internal.logging.InternalLoggerFactory() {
          @Override
          protected io.micrometer.shaded.io.netty.util.internal.logging.InternalLogger newInstance(
              String name) {
            return logger(
                io.micrometer.shaded.io.netty.util.internal.logging.InternalLogger.class, name);
          }
        });
    Loggers.useCustomLoggers(name -> logger(Logger.class, name));
    initializeNettyWithoutUnsafe();
  }

  /**
   * The registry holds a constant of Netty's, whose class tries {@code sun.misc.Unsafe} when it is
   * initialized: from Java 24 on the JVM prints four lines about that on stderr. The property has
   * the name that only this shaded copy reads, and is taken back at once.
   */
  private static void initializeNettyWithoutUnsafe() {
    String before = System.setProperty(NO_UNSAFE, "true");
    try {
      PlatformDependent.hasUnsafe();
    } finally {
      if (before == null) {
        System.clearProperty(NO_UNSAFE);
      } else {
        System.setProperty(NO_UNSAFE, before);
      }
    }
  }

  static <T> T logger(Class<T> type, String name) {
    Object proxy =
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new QuietLogs(name));
    return type.cast(proxy);
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) {
    String name = method.getName();
    boolean loud = name.equals("warn") || name.equals("error");
    if (loud && args != null && args[0] instanceof String) {
      AgentLog.once("statsd " + logger, logger + ": " + args[0] + thrown(args));
    }
    if (method.getReturnType() == boolean.class) {
      return name.equals("isWarnEnabled") || name.equals("isErrorEnabled");
    }
    return method.getReturnType() == String.class ? logger : null;
  }

  private static String thrown(Object[] args) {
    Object last = args[args.length - 1];
    return last instanceof Throwable ? ": " + AgentLog.brief((Throwable) last) : "";
  }
}

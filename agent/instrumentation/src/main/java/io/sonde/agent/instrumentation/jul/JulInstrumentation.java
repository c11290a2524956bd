// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jul;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Collections;
import java.util.List;
import java.util.ResourceBundle;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import net.bytebuddy.asm.Advice;

/** See the package's description. */
public final class JulInstrumentation implements Instrumentation {

  @Override
  public String name() {
    return "jul";
  }

  @Override
  public List<String> types() {
    return Collections.singletonList("java.util.logging.Logger");
  }

  @Override
  public void weave(String type, Hooks hooks) {
    hooks.advise(
        named("log")
            .and(takesArguments(1))
            .and(takesArgument(0, named("java.util.logging.LogRecord"))),
        RecordAdvice.class);
  }

  /** Levels as {@code SLF4JBridgeHandler} has them: 300 FINEST, 500 FINE, 800 INFO, 900 WARNING. */
  static final class RecordAdvice {

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This Logger logger, @Advice.Argument(0) LogRecord record) {
      int value = record.getLevel().intValue();
      int level = value <= 300 ? 1 : value <= 500 ? 2 : value <= 800 ? 3 : value <= 900 ? 4 : 5;
      if (!SondeBridge.logWanted(level, record.getLoggerName())
          || !logger.isLoggable(record.getLevel())
          || logger.getFilter() != null) {
        return;
      }
      for (Logger at = logger; at != null; at = at.getUseParentHandlers() ? at.getParent() : null) {
        for (Handler handler : at.getHandlers()) {
          String name = handler.getClass().getName();
          if (name.equals("org.slf4j.bridge.SLF4JBridgeHandler")
              || name.equals("org.apache.logging.log4j.jul.Log4jBridgeHandler")) {
            return;
          }
        }
      }
      String message = record.getMessage();
      ResourceBundle bundle = message == null ? null : record.getResourceBundle();
      if (bundle != null && bundle.containsKey(message)) {
        message = bundle.getString(message);
      }
      SondeBridge.logged(
          level,
          record.getMillis(),
          record.getLoggerName(),
          SondeBridge.messageFormatted(message, record.getParameters()),
          Thread.currentThread().getName(),
          record.getThrown(),
          null);
    }
  }
}

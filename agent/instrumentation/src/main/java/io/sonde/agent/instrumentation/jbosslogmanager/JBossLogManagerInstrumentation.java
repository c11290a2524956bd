// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jbosslogmanager;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.MDC;

/** See the package's description. */
public final class JBossLogManagerInstrumentation implements Instrumentation {

  private static final String NODE = "org.jboss.logmanager.LoggerNode";
  private static final String RECORD = "org.jboss.logmanager.ExtLogRecord";
  private static final String CONTEXT = "org.jboss.logmanager.MDC";

  @Override
  public String name() {
    return "jboss-logmanager";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(NODE, RECORD, CONTEXT);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case NODE:
        hooks.advise(named("publish").and(takesArguments(1)), PublishAdvice.class);
        break;
      case RECORD:
        hooks
            .advise(named("copyMdc").and(takesArguments(0)), CopyAdvice.class)
            .advise(named("getMdcCopy").and(takesArguments(0)), CopyFirstAdvice.class);
        break;
      default:
        hooks
            .advise(named("get").and(takesArguments(String.class)), ValueAdvice.class)
            .advise(named("getObject").and(takesArguments(String.class)), ObjectAdvice.class);
    }
  }

  /** Its own levels: TRACE 400, DEBUG 500, INFO 800, WARN 900, ERROR 1000, FATAL 1100. */
  static final class PublishAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(@Advice.Argument(0) ExtLogRecord record) {
      int value = record.getLevel().intValue();
      int level = value <= 400 ? 1 : value <= 500 ? 2 : value <= 800 ? 3 : value <= 900 ? 4 : 5;
      Object before =
          SondeBridge.logWanted(level, record.getLoggerName())
              ? SondeBridge.logEntered(record)
              : null;
      if (before == null) {
        return null;
      }
      Map<String, String> mdc = MDC.copy();
      SondeBridge.logged(
          level,
          record.getMillis(),
          record.getLoggerName(),
          record.getFormattedMessage(),
          record.getThreadName(),
          record.getThrown(),
          mdc.isEmpty() ? null : mdc);
      return before;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object before) {
      SondeBridge.logLeft(before);
    }
  }

  static final class ValueAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) String key, @Advice.Return(readOnly = false) String value) {
      if (value == null) {
        value = SondeBridge.mdcValue(key);
      }
    }
  }

  static final class ObjectAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) String key, @Advice.Return(readOnly = false) Object value) {
      if (value == null) {
        value = SondeBridge.mdcValue(key);
      }
    }
  }

  /** The record takes its copy, once: it gets our ids, too. {@code putMdc} asks for it again. */
  static final class CopyAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(@Advice.FieldValue("mdcCopy") Object copy) {
      return copy == null;
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This ExtLogRecord record, @Advice.Enter boolean first) {
      Map<String, String> ours = first ? SondeBridge.mdcWith(null) : null;
      if (ours == null) {
        return;
      }
      for (Map.Entry<String, String> id : ours.entrySet()) {
        if (record.getMdc(id.getKey()) == null) {
          record.putMdc(id.getKey(), id.getValue());
        }
      }
    }
  }

  /** 2.x does not call {@code copyMdc} by itself. */
  static final class CopyFirstAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This ExtLogRecord record) {
      record.copyMdc();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.log4j1;

import static net.bytebuddy.matcher.ElementMatchers.declaresField;
import static net.bytebuddy.matcher.ElementMatchers.isDeclaredBy;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.apache.log4j.MDC;
import org.apache.log4j.spi.LoggingEvent;
import org.apache.log4j.spi.ThrowableInformation;

/** See the package's description. */
public final class Log4j1Instrumentation implements Instrumentation {

  private static final String CATEGORY = "org.apache.log4j.Category";
  private static final String CONTEXT = "org.apache.log4j.MDC";
  private static final String EVENT = "org.apache.log4j.spi.LoggingEvent";

  @Override
  public String name() {
    return "log4j1";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(CATEGORY, CONTEXT, EVENT);
  }

  /** The bridges' classes lack those fields, and some of the methods. */
  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case CATEGORY:
        hooks.adviseIfPresent(where("callAppenders", 1, "resourceBundle"), EventAdvice.class);
        break;
      case EVENT:
        hooks.adviseIfPresent(where("getMDCCopy", 0, "mdcCopy"), CopyAdvice.class);
        break;
      default:
        hooks.adviseIfPresent(where("get", 1, "tlm"), ValueAdvice.class);
    }
  }

  private static ElementMatcher<MethodDescription> where(
      String method, int arguments, String field) {
    return named(method)
        .and(takesArguments(arguments))
        .and(isDeclaredBy(declaresField(named(field))));
  }

  static final class EventAdvice {

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Argument(0) LoggingEvent event) {
      // TRACE 5,000, DEBUG 10,000 … FATAL 50,000
      int level = Math.max(1, Math.min(5, event.getLevel().toInt() / 10_000 + 1));
      if (!SondeBridge.logWanted(level, event.getLoggerName())) {
        return;
      }
      ThrowableInformation thrown = event.getThrowableInformation();
      Map<?, ?> context = MDC.getContext();
      Map<String, String> mdc = null;
      if (context != null && !context.isEmpty()) {
        mdc = new HashMap<>();
        for (Map.Entry<?, ?> entry : context.entrySet()) {
          mdc.put(String.valueOf(entry.getKey()), String.valueOf(entry.getValue()));
        }
      }
      SondeBridge.logged(
          level,
          event.timeStamp,
          event.getLoggerName(),
          event.getRenderedMessage(),
          event.getThreadName(),
          thrown == null ? null : thrown.getThrowable(),
          mdc);
    }
  }

  static final class ValueAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) String key, @Advice.Return(readOnly = false) Object value) {
      if (value == null) {
        value = SondeBridge.mdcValue(key);
      }
    }
  }

  /** The event takes its copy, once, on the thread that logs. */
  static final class CopyAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(@Advice.FieldValue("mdcCopyLookupRequired") boolean required) {
      return required;
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Enter boolean first,
        @Advice.FieldValue(value = "mdcCopy", readOnly = false) Hashtable<Object, Object> copy) {
      Map<String, String> ours = first ? SondeBridge.mdcWith(null) : null;
      if (ours == null) {
        return;
      }
      Hashtable<Object, Object> with = copy == null ? new Hashtable<>() : copy;
      for (Map.Entry<String, String> id : ours.entrySet()) {
        if (!with.containsKey(id.getKey())) {
          with.put(id.getKey(), id.getValue());
        }
      }
      copy = with;
    }
  }
}

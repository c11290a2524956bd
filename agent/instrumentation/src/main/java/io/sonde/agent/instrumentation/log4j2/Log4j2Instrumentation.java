// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.log4j2;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.async.RingBufferLogEvent;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.message.MapMessage;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.util.ReadOnlyStringMap;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.apache.logging.log4j.util.StringMap;

/** See the package's description. */
public final class Log4j2Instrumentation implements Instrumentation {

  private static final String CONFIG = "org.apache.logging.log4j.core.config.LoggerConfig";
  private static final String RING_EVENT = "org.apache.logging.log4j.core.async.RingBufferLogEvent";
  private static final String CONTEXT = "org.apache.logging.log4j.ThreadContext";
  private static final String CONTROL = "org.apache.logging.log4j.core.config.AppenderControl";
  private static final String INJECTOR =
      "org.apache.logging.log4j.core.impl.ThreadContextDataInjector$For";

  @Override
  public String name() {
    return "log4j2";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(
        CONFIG,
        RING_EVENT,
        CONTEXT,
        CONTROL,
        INJECTOR + "DefaultThreadContextMap",
        INJECTOR + "GarbageFreeThreadContextMap",
        INJECTOR + "CopyOnWriteThreadContextMap");
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case CONFIG:
        hooks.advise(named("processLogEvent"), EventAdvice.class);
        break;
      case RING_EVENT:
        hooks.advise(named("setValues"), QueuedEventAdvice.class);
        break;
      case CONTEXT:
        hooks
            .advise(named("get").and(takesArguments(String.class)), ValueAdvice.class)
            .advise(named("containsKey").and(takesArguments(String.class)), KeyAdvice.class)
            .advise(named("getContext").and(takesArguments(0)), MapAdvice.class)
            .advise(named("getImmutableContext").and(takesArguments(0)), MapAdvice.class)
            .advise(named("putAll").and(takesArguments(1)), PutAllAdvice.class);
        break;
      case CONTROL:
        hooks.advise(isConstructor(), AppenderAdvice.class);
        break;
      default:
        hooks.advise(named("injectContextData"), InjectAdvice.class);
    }
  }

  /** Levels are 100 FATAL to 600 TRACE, and what the application has put between them. */
  static final class EventAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.This LoggerConfig config,
        @Advice.Argument(0) LogEvent event,
        @Advice.Argument(value = 1, optional = true) Object part) {
      int level = Math.max(1, Math.min(5, 6 - (event.getLevel().intLevel() - 1) / 100));
      if (!SondeBridge.logWanted(level, event.getLoggerName())) {
        return null;
      }
      if (event instanceof RingBufferLogEvent && !config.hasFilter()
          || part != null && "ASYNCHRONOUS_ONLY".equals(part.toString())) {
        return null; // was seen on the thread that has logged it
      }
      Object before = SondeBridge.logEntered(event);
      if (before == null) {
        return null;
      }
      ReadOnlyStringMap context = event.getContextData();
      Map<String, String> labels = context == null || context.isEmpty() ? null : context.toMap();
      if (event.getMarker() != null) {
        labels = SondeBridge.logLabel(labels, "marker", event.getMarker().getName());
      }
      Message message = event.getMessage();
      if (message instanceof MapMessage) {
        Map<?, ?> data = ((MapMessage) message).getData();
        for (Map.Entry<?, ?> entry : data.entrySet()) {
          labels = SondeBridge.logLabel(labels, (String) entry.getKey(), entry.getValue());
        }
      }
      SondeBridge.logged(
          level,
          event.getTimeMillis(),
          event.getLoggerName(),
          message.getFormattedMessage(),
          event.getThreadName(),
          event.getThrown(),
          labels);
      return before;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object before) {
      SondeBridge.logLeft(before);
    }
  }

  /** Reused for ever: what it holds is that of the thread that logs. */
  static final class QueuedEventAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This LogEvent event, @Advice.Argument(0) Logger logger) {
      int level = Math.max(1, Math.min(5, 6 - (event.getLevel().intLevel() - 1) / 100));
      if (!SondeBridge.logWanted(level, event.getLoggerName()) || logger.get().hasFilter()) {
        return;
      }
      ReadOnlyStringMap context = event.getContextData();
      Map<String, String> labels = context == null || context.isEmpty() ? null : context.toMap();
      if (event.getMarker() != null) {
        labels = SondeBridge.logLabel(labels, "marker", event.getMarker().getName());
      }
      Message message = event.getMessage();
      if (message instanceof MapMessage) {
        Map<?, ?> data = ((MapMessage) message).getData();
        for (Map.Entry<?, ?> entry : data.entrySet()) {
          labels = SondeBridge.logLabel(labels, (String) entry.getKey(), entry.getValue());
        }
      }
      SondeBridge.logged(
          level,
          event.getTimeMillis(),
          event.getLoggerName(),
          message.getFormattedMessage(),
          event.getThreadName(),
          event.getThrown(),
          labels);
    }
  }

  /** A reference to an appender: only what is referred to gets events. */
  static final class AppenderAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Appender appender) {
      if (appender != null
          && "org.apache.logging.log4j.core.appender.SocketAppender"
              .equals(appender.getClass().getName())) {
        SondeBridge.logShipperStarted(appender);
      }
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

  static final class KeyAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) String key, @Advice.Return(readOnly = false) boolean contained) {
      contained = contained || SondeBridge.mdcValue(key) != null;
    }
  }

  static final class MapAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return(readOnly = false) Map<String, String> map) {
      map = SondeBridge.mdcWith(map);
    }
  }

  /** {@code ThreadContext.putAll(ThreadContext.getContext())}: also what SLF4J's adapter does. */
  static final class PutAllAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Map<String, String> stored) {
      Map<String, String> ours = stored == null ? null : SondeBridge.mdcWith(null);
      if (ours == null) {
        return;
      }
      for (Map.Entry<String, String> id : ours.entrySet()) {
        if (id.getValue() != null && id.getValue().equals(stored.get(id.getKey()))) {
          ThreadContext.remove(id.getKey());
        }
      }
    }
  }

  /** What an event gets: the thread's own map (frozen, then copied), or one that is the event's. */
  static final class InjectAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return(readOnly = false) StringMap data) {
      String traceId = SondeBridge.mdcValue("traceId");
      if (traceId == null
          || data.containsKey("traceId")
              && data.containsKey("spanId")
              && data.containsKey("requestId")) {
        return;
      }
      if (data.isFrozen()) {
        data = new SortedArrayStringMap(data);
      }
      if (!data.containsKey("traceId")) {
        data.putValue("traceId", traceId);
      }
      if (!data.containsKey("spanId")) {
        data.putValue("spanId", SondeBridge.mdcValue("spanId"));
      }
      if (!data.containsKey("requestId")) {
        data.putValue("requestId", SondeBridge.mdcValue("requestId"));
      }
    }
  }
}

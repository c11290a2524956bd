// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.logback;

import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.isDeclaredBy;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import org.slf4j.Marker;
import org.slf4j.spi.MDCAdapter;

/** See the package's description. */
public final class LogbackInstrumentation implements Instrumentation {

  private static final String LOGGER = "ch.qos.logback.classic.Logger";
  private static final String MDC = "ch.qos.logback.classic.util.LogbackMDCAdapter";
  private static final String TCP_SHIPPER =
      "net.logstash.logback.appender.AbstractLogstashTcpSocketAppender";
  private static final String UDP_SHIPPER =
      "net.logstash.logback.appender.AbstractLogstashUdpSocketAppender";

  /** From 1.3 on, with SLF4J 2: events have key-value pairs. */
  private static final String FLUENT = "makeLoggingEventBuilder";

  private static final String SIMPLE_MDC = "ch.qos.logback.classic.util.LogbackMDCAdapterSimple";

  @Override
  public String name() {
    return "logback";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(LOGGER, MDC, SIMPLE_MDC, TCP_SHIPPER, UDP_SHIPPER);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case LOGGER:
        hooks
            .adviseIfPresent(
                named("callAppenders").and(isDeclaredBy(declaresMethod(named(FLUENT)))),
                FluentEventAdvice.class)
            .adviseIfPresent(
                named("callAppenders").and(not(isDeclaredBy(declaresMethod(named(FLUENT))))),
                EventAdvice.class);
        break;
      case TCP_SHIPPER:
      case UDP_SHIPPER:
        hooks.advise(named("start").and(takesArguments(0)), ShipperAdvice.class);
        break;
      default:
        hooks
            .advise(named("get").and(takesArguments(String.class)), ValueAdvice.class)
            .advise(named("getPropertyMap").and(takesArguments(0)), MapAdvice.class)
            .advise(named("getCopyOfContextMap").and(takesArguments(0)), MapAdvice.class)
            .advise(named("setContextMap").and(takesArguments(1)), SetMapAdvice.class);
    }
  }

  /** As {@link FluentEventAdvice}, up to 1.2. */
  static final class EventAdvice {

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Argument(0) ILoggingEvent event) {
      int level = event.getLevel().toInt() / 10_000 + 1; // TRACE 5,000, DEBUG 10,000 … ERROR 40,000
      if (!SondeBridge.logWanted(level, event.getLoggerName())) {
        return;
      }
      IThrowableProxy proxy = event.getThrowableProxy();
      Throwable thrown =
          proxy instanceof ThrowableProxy ? ((ThrowableProxy) proxy).getThrowable() : null;
      Map<String, String> mdc = event.getMDCPropertyMap();
      Map<String, String> labels = mdc == null || mdc.isEmpty() ? null : mdc;
      Marker marker = event.getMarker();
      if (marker != null) {
        labels = SondeBridge.logMarker(labels, marker.getName(), marker, marker.iterator());
      }
      labels = SondeBridge.logArguments(labels, event.getArgumentArray());
      SondeBridge.logged(
          level,
          event.getTimeStamp(),
          event.getLoggerName(),
          event.getFormattedMessage(),
          event.getThreadName(),
          thrown,
          labels);
    }
  }

  /** An appender of logstash-logback-encoder starts, when the application configures Logback. */
  static final class ShipperAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object appender) {
      SondeBridge.logShipperStarted(appender);
    }
  }

  /** {@code MDC.get(key)}. */
  static final class ValueAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) String key, @Advice.Return(readOnly = false) String value) {
      if (value == null) {
        value = SondeBridge.mdcValue(key);
      }
    }
  }

  /** Every way to read the whole map. */
  static final class MapAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return(readOnly = false) Map<String, String> map) {
      map = SondeBridge.mdcWith(map);
    }
  }

  /** {@code MDC.setContextMap(MDC.getCopyOfContextMap())}, on this thread or another. */
  static final class SetMapAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This MDCAdapter adapter, @Advice.Argument(0) Map<String, String> stored) {
      Map<String, String> ours = stored == null ? null : SondeBridge.mdcWith(null);
      if (ours == null) {
        return;
      }
      for (Map.Entry<String, String> id : ours.entrySet()) {
        if (id.getValue() != null && id.getValue().equals(stored.get(id.getKey()))) {
          adapter.remove(id.getKey());
        }
      }
    }
  }
}

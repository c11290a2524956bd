// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.sonde.bridge.SondeBridge;
import java.util.List;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** An event has passed the level and the turbo filters, and all appenders have seen it. */
final class FluentEventAdvice {

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
    List<Marker> markers = event.getMarkerList();
    if (markers != null) {
      for (int i = markers.size() - 1; i >= 0; i--) { // so that the first one's name stays
        Marker marker = markers.get(i);
        labels = SondeBridge.logMarker(labels, marker.getName(), marker, marker.iterator());
      }
    }
    labels = SondeBridge.logArguments(labels, event.getArgumentArray());
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        labels = SondeBridge.logLabel(labels, pair.key, pair.value);
      }
    }
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

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package ch.qos.logback.classic.spi;

import ch.qos.logback.classic.Level;
import java.util.List;
import java.util.Map;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** What Logback 1.3 and later have of it. */
public interface ILoggingEvent {

  Level getLevel();

  String getLoggerName();

  String getThreadName();

  String getFormattedMessage();

  Object[] getArgumentArray();

  long getTimeStamp();

  IThrowableProxy getThrowableProxy();

  Map<String, String> getMDCPropertyMap();

  List<Marker> getMarkerList();

  List<KeyValuePair> getKeyValuePairs();
}

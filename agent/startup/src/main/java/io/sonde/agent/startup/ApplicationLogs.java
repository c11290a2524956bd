// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.exporter.logs.LogExporter;
import io.sonde.agent.instrumentation.log4j2.SocketAppenderReader;
import io.sonde.agent.instrumentation.logback.LogstashAppenderReader;
import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.LogLevels;
import io.sonde.agent.recording.Recorder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of the application's own events are shipped. Recorded from the first one on, which is long
 * before the exporters start; until then they wait in the queue.
 */
final class ApplicationLogs {

  private static final List<String> LEVELS =
      Arrays.asList("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

  private final Settings settings;
  private final Recorder recorder;
  private final LogExporter exporter;

  ApplicationLogs(Settings settings, Recorder recorder, LogExporter exporter) {
    this.settings = settings;
    this.recorder = recorder;
    this.exporter = exporter;
  }

  static LogLevels levels(Settings settings) {
    boolean wanted =
        !settings.get(Keys.LOGS_LOGSTASH).isEmpty()
            || !settings.get(Keys.LOGS_LUMBERJACK).isEmpty()
            || !settings.get(Keys.LOGS_ELASTICSEARCH).isEmpty()
            || settings.find(Keys.LOGS_FILE) != null
            || settings.get(Keys.LOGS_STDOUT);
    if (!wanted || settings.get(Keys.LOGS_APPLICATION).equals("off")) {
      return LogLevels.NONE;
    }
    Map<String, Integer> byPrefix = new HashMap<>();
    for (Map.Entry<String, String> logger : settings.loggerLevels().entrySet()) {
      byPrefix.put(logger.getKey(), number(logger.getValue()));
    }
    return LogLevels.from(number(settings.get(Keys.LOGS_LEVEL)), byPrefix);
  }

  private static int number(String level) {
    return LEVELS.indexOf(level) + 1;
  }

  /** {@code auto}: none as long as the application itself ships to Logstash. */
  void watch() {
    if (settings.get(Keys.LOGS_APPLICATION).equals("auto")) {
      recorder.logShippers().watch(ApplicationLogs::inUse, this::shipperChanged);
    }
  }

  private static @Nullable String inUse(Object appender) {
    return SocketAppenderReader.reads(appender)
        ? SocketAppenderReader.inUse(appender)
        : LogstashAppenderReader.inUse(appender);
  }

  private void shipperChanged(@Nullable String shipper) {
    LogLevels levels = shipper == null ? levels(settings) : LogLevels.NONE;
    recorder.logLevels(levels);
    exporter.levels(levels);
    AgentLog.info(
        shipper == null
            ? "logs: the application ships to Logstash no more; Sonde does"
            : "logs: the application ships to Logstash itself ("
                + shipper
                + "): its own events are left to it; logs.application=on ships them too");
  }
}

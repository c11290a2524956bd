// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.agent.instrumentation.Instrumentations;
import io.sonde.agent.recording.AgentLog;
import io.sonde.bridge.SondeBridge;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What premain calls: reads the settings, installs what they ask for. */
public final class Startup {

  private Startup() {}

  /**
   * Called once, on the main thread, before the application. Does the least: settings, bridge,
   * transformer; all else waits for the application's main class.
   *
   * @param startNanos when premain began
   */
  public static void start(
      String argument, java.lang.instrument.Instrumentation jvm, long startNanos) {
    if (SondeBridge.isInstalled()) {
      System.err.println("[sonde] already attached to this JVM; this second one does nothing");
      return;
    }
    Settings settings = Settings.load(argument, System.getProperties(), System.getenv());
    if (!settings.get(Keys.ENABLED)) {
      return;
    }
    openLog(settings);
    settings.tellUnknownInstrumentations(names());
    settings.problems().forEach(AgentLog::warn);
    new Agent(settings, jvm, enabled(settings), startNanos).install();
  }

  private static void openLog(Settings settings) {
    AgentLog.level(AgentLog.Level.valueOf(settings.get(Keys.LOG_LEVEL).toUpperCase(Locale.ROOT)));
    String file = settings.find(Keys.LOG_FILE);
    String problem = file == null ? null : AgentLog.file(file);
    if (problem != null) {
      AgentLog.warn("log.file=" + file + ": cannot be written (" + problem + "); using stderr");
    }
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (Instrumentation instrumentation : Instrumentations.all()) {
      names.add(instrumentation.name());
    }
    return names;
  }

  private static List<Instrumentation> enabled(Settings settings) {
    List<Instrumentation> enabled = new ArrayList<>();
    for (Instrumentation instrumentation : Instrumentations.all()) {
      if (settings.isInstrumentationEnabled(instrumentation.name())) {
        enabled.add(instrumentation);
      }
    }
    return enabled;
  }
}

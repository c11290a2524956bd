// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.startup.doctor.Archives;
import io.sonde.agent.startup.doctor.Examination;
import io.sonde.agent.startup.doctor.Page;
import io.sonde.agent.startup.doctor.Report;
import io.sonde.agent.startup.doctor.RunningJvm;
import io.sonde.health.Json;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code doctor PID|APP.jar|APP.war|FOLDER [key=value…] [--json]}: looks, loads nothing, changes
 * nothing.
 */
final class DoctorCommand {

  static final String USAGE =
      "usage: java -jar sonde-agent.jar doctor PID|APP.jar|APP.war|FOLDER [key=value…] [--json]";

  private static final int ALL_WELL = 0;
  private static final int FINDINGS = 1;
  private static final int WRONG_USE = 2;

  private final List<String> settings = new ArrayList<>();
  private final List<String> subjects = new ArrayList<>();
  private boolean json;
  private String unknown = "";

  private DoctorCommand(String[] arguments) {
    for (int i = 1; i < arguments.length; i++) {
      read(arguments[i]);
    }
  }

  /**
   * @param arguments the first is {@code doctor}
   */
  static int run(String[] arguments, PrintStream out, PrintStream err) {
    DoctorCommand command = new DoctorCommand(arguments);
    if (!command.unknown.isEmpty() || command.subjects.size() != 1) {
      err.println(
          command.unknown.isEmpty()
              ? "sonde-agent: doctor needs one file, one folder or one process id"
              : "sonde-agent: doctor does not know '" + command.unknown + "'");
      err.println(USAGE);
      return WRONG_USE;
    }
    return command.examine(command.subjects.get(0), out, err);
  }

  private void read(String argument) {
    if (argument.equals("--json")) {
      json = true;
    } else if (argument.startsWith("-")) {
      unknown = argument;
    } else if (argument.matches("[a-z][a-z0-9.-]*=(?s).*")) {
      settings.add(argument.replace(",", "\\,"));
    } else {
      subjects.add(argument);
    }
  }

  private int examine(String subject, PrintStream out, PrintStream err) {
    File file = new File(subject);
    if (file.isDirectory() || file.isFile()) {
      return examine(file, out);
    }
    if (!subject.matches("[1-9]\\d{0,9}")) {
      err.println("sonde-agent: " + subject + ": no such file, folder or process id");
      return FINDINGS;
    }
    try {
      return examine(RunningJvm.attach(Long.parseLong(subject)), subject, out);
    } catch (RunningJvm.Unreachable e) {
      err.println("sonde-agent: " + e.getMessage());
      return FINDINGS;
    }
  }

  private int examine(File file, PrintStream out) {
    Report report = new Report(file.getPath());
    Map<String, String> environment = System.getenv();
    Settings inForce = Settings.load(argument(""), System.getProperties(), environment);
    examine(archives -> archives.add(file), inForce, report);
    return finish(inForce, environment, report, out);
  }

  private int examine(RunningJvm jvm, String pid, PrintStream out) {
    Report report = new Report("process " + pid);
    Map<String, String> environment = jvm.environment();
    String given = jvm.sondeArgument();
    Settings inForce = settings(jvm, argument(given == null ? "" : given), environment);
    jvm.tell(report);
    examine(jvm::addTo, inForce, report);
    if (given == null) {
      report.sonde("not attached: start it with -javaagent:sonde-agent.jar");
    } else {
      DoctorStatus.ask(jvm.listening(), inForce, report);
    }
    return finish(inForce, environment, report, out);
  }

  /** Its settings file may be named from its own folder, and lie in its container. */
  private static Settings settings(
      RunningJvm jvm, String argument, Map<String, String> environment) {
    Settings named = Settings.load(argument, jvm.systemProperties(), environment);
    String config = named.find(Keys.CONFIG);
    if (config == null) {
      return named;
    }
    String found = jvm.file(config).getPath().replace(",", "\\,");
    return Settings.load(argument + ",config=" + found, jvm.systemProperties(), environment);
  }

  /** What stands on doctor's own command line counts most. */
  private String argument(String given) {
    return given + "," + String.join(",", settings);
  }

  private static void examine(Consumer<Archives> filler, Settings inForce, Report report) {
    try (Archives archives = new Archives()) {
      filler.accept(archives);
      Examination.examine(archives, report, inForce::isInstrumentationEnabled);
    } catch (IOException e) {
      // Of closing: all was read.
    }
  }

  private int finish(
      Settings inForce, Map<String, String> environment, Report report, PrintStream out) {
    for (Map<String, Object> row : inForce.describe()) {
      if (!row.get("origin").equals("default")) {
        report.setting(row.get("key") + "=" + row.get("value") + " (" + row.get("origin") + ")");
      }
    }
    for (String problem : inForce.problems()) {
      report.finding(problem, "correct it; the table is in agent/README.md and in 'help'");
    }
    DoctorDestinations.visit(inForce, environment, report);
    return tell(report, out);
  }

  private int tell(Report report, PrintStream out) {
    if (json) {
      out.println(Json.write(report.describe()));
    } else {
      Page.print(report, out);
    }
    return report.allWell() ? ALL_WELL : FINDINGS;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import java.io.PrintStream;

/**
 * {@code java -jar sonde-agent.jar COMMAND}. In the isolated loader, called by the premain class.
 */
public final class CommandLine {

  private static final int OK = 0;
  private static final int USAGE = 2;

  private CommandLine() {}

  /** Returns the exit code. */
  public static int run(String[] arguments) {
    return run(arguments, System.out, System.err);
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) {
    String command = arguments.length == 0 ? "help" : arguments[0];
    switch (command) {
      case "version":
      case "--version":
      case "-version":
        out.println("sonde-agent " + Version.text());
        return OK;
      case "help":
      case "--help":
      case "-h":
        help(out);
        return OK;
      case "doctor":
        return DoctorCommand.run(arguments, out, err);
      case "list":
      case "attach":
      case "detach":
      case "set":
      case "status":
      case "console":
      case "profile":
        err.println(
            "sonde-agent: '"
                + command
                + "' is not in this version yet; start the application with"
                + " -javaagent:sonde-agent.jar, see 'help'");
        return 1;
      default:
        err.println("sonde-agent: unknown command '" + command + "'");
        usage(err);
        return USAGE;
    }
  }

  private static void usage(PrintStream to) {
    to.println("usage: java -jar sonde-agent.jar version | help");
    to.println(
        "       java -jar sonde-agent.jar doctor PID|APP.jar|APP.war|FOLDER [key=value…] [--json]");
    to.println(
        "       java -javaagent:sonde-agent.jar[=key=value,key=value…] -jar application.jar");
  }

  private static void help(PrintStream out) {
    out.println("Sonde " + Version.text() + ": observes a JVM service without a code change.");
    out.println();
    usage(out);
    out.println();
    out.println(
        "doctor looks at an application, changes nothing, and exits with 1 if it finds what");
    out.println("somebody should look at: libraries, their versions, the JVM, the destinations.");
    out.println();
    out.println(
        "With no setting at all: /health on 127.0.0.1:7633, and nothing leaves the process.");
    out.println("A setting is, the first that has it wins,");
    out.println("  an agent argument  key=value            (a comma inside a value: \\,)");
    out.println("  a system property  -Dsonde.key=value");
    out.println("  in the environment SONDE_KEY=value      (dots and dashes become _)");
    out.println("  a line in the file that the setting 'config' names");
    out.println();
    for (Setting<?> setting : Keys.all()) {
      out.printf(
          "  %-28s %-34s %s%s%n",
          setting.key,
          setting.defaultText(),
          setting.meaning,
          setting.later == null ? "" : " (" + setting.later + ")");
    }
    out.printf(
        "  %-28s %-34s %s%n", "logs.level.PREFIX", "none", "of loggers below it, e.g. com.acme");
    out.printf(
        "  %-28s %-34s %s%n", "instrumentation.NAME.enabled", "true", "each library by itself");
  }
}

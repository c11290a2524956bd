// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.premain;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;

/**
 * Where the JVM enters. Stays in the system loader, so it depends on nothing: it defines the
 * bridge, makes the isolated loader and calls what lies in there by name.
 *
 * <p>Whatever goes wrong, the application starts: one line on stderr says what, and Sonde is off.
 */
public final class Premain {

  private static final String STARTUP = "io.sonde.agent.startup.Startup";

  private Premain() {}

  /** With {@code -javaagent:sonde-agent.jar=key=value,…}. Never throws. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    attach(arguments, instrumentation);
  }

  /** Attached to a running JVM. Never throws. */
  public static void agentmain(String arguments, Instrumentation instrumentation) {
    attach(arguments, instrumentation);
  }

  private static void attach(String arguments, Instrumentation instrumentation) {
    long startNanos = System.nanoTime();
    try {
      if (isSwitchedOff(arguments) || JdkTool.isThisJvm()) {
        return;
      }
      File jar = jar();
      BridgeDefinition.define(jar, instrumentation);
      new AgentClassLoader(jar)
          .loadClass(STARTUP)
          .getMethod("start", String.class, Instrumentation.class, long.class)
          .invoke(null, arguments, instrumentation, startNanos);
    } catch (Throwable t) {
      Throwable cause = t instanceof InvocationTargetException ? t.getCause() : t;
      System.err.println("[sonde] off, the application runs without it: " + cause);
    }
  }

  /** {@code java -jar sonde-agent.jar …}. */
  public static void main(String[] arguments) throws Exception {
    Object code =
        new AgentClassLoader(jar())
            .loadClass("io.sonde.agent.startup.CommandLine")
            .getMethod("run", String[].class)
            .invoke(null, (Object) arguments);
    System.exit((Integer) code);
  }

  /** The kill switch, asked before anything of Sonde is loaded; same precedence as all settings. */
  private static boolean isSwitchedOff(String arguments) {
    String value = argument(arguments, "enabled");
    if (value == null) {
      value = System.getProperty("sonde.enabled");
    }
    if (value == null) {
      value = System.getenv("SONDE_ENABLED");
    }
    return value != null && value.trim().toLowerCase(Locale.ROOT).equals("false");
  }

  /** As Settings reads it: the last one counts, and a comma behind a backslash ends nothing. */
  private static String argument(String arguments, String key) {
    String found = null;
    if (arguments != null) {
      boolean inValue = false;
      for (String pair : arguments.split(",")) {
        int equals = pair.indexOf('=');
        if (!inValue && equals > 0 && pair.substring(0, equals).trim().equals(key)) {
          found = pair.substring(equals + 1);
        }
        inValue = pair.endsWith("\\");
      }
    }
    return found;
  }

  private static File jar() throws Exception {
    return new File(Premain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}

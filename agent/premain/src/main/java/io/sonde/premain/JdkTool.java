// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.premain;

/**
 * Tells whether this JVM is one of the JDK's own tools (keytool, jcmd, javac …): {@code
 * JAVA_TOOL_OPTIONS} reaches them too, and their output is read by scripts.
 */
final class JdkTool {

  private static final String[] MAIN_CLASSES = {
    "sun.tools.",
    "com.sun.tools.",
    "sun.security.tools.",
    "sun.jvmstat.",
    "sun.rmi.",
    "jdk.internal.",
    "com.sun.corba."
  };

  private JdkTool() {}

  static boolean isThisJvm() {
    String module = System.getProperty("jdk.module.main");
    if (module != null) {
      return module.startsWith("jdk.") || module.startsWith("java.");
    }
    String command = System.getProperty("sun.java.command", "");
    for (String prefix : MAIN_CLASSES) {
      if (command.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}

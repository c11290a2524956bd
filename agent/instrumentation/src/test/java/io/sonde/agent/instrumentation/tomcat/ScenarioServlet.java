// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.tomcat;

/** The servlet that serves {@link Scenarios}, for other containers than Tomcat. */
public final class ScenarioServlet {

  private ScenarioServlet() {}

  /** Of the one that is written with the servlet API at hand. */
  public static String className() {
    return ScenarioServlet.class.getPackageName() + (isJavax() ? ".Javax" : ".Jakarta") + "Servlet";
  }

  private static boolean isJavax() {
    try {
      Class.forName("javax.servlet.Servlet");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}

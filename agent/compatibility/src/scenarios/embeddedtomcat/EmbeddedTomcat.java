// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.util.Collections;
import java.util.Map;
import java.util.logging.LogManager;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** Tomcat 8.5 to 11, silent, with the servlets that it is given. */
final class EmbeddedTomcat {

  private EmbeddedTomcat() {}

  /**
   * Does not return.
   *
   * @param folder for what it unpacks
   * @param servlets by their mappings
   */
  static void serve(String folder, Map<String, HttpServlet> servlets) throws Exception {
    serve(folder, servlets, Collections.emptyMap());
  }

  /**
   * @param settings of each servlet
   */
  static void serve(String folder, Map<String, HttpServlet> servlets, Map<String, String> settings)
      throws Exception {
    LogManager.getLogManager().reset();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    // Context's own method for a mapping has changed its name within 8.5.
    context.addServletContainerInitializer(
        (classes, to) ->
            servlets.forEach((mapping, servlet) -> add(to, mapping, servlet, settings)),
        null);
    tomcat.start();
    System.out.println("listening on " + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }

  private static void add(
      ServletContext context, String mapping, HttpServlet servlet, Map<String, String> settings) {
    ServletRegistration.Dynamic added = context.addServlet(mapping, servlet);
    added.setAsyncSupported(true);
    added.setLoadOnStartup(1);
    added.setInitParameters(settings);
    added.addMapping(mapping);
  }
}

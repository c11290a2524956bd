// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** Servlets in an embedded Tomcat, 8.5 to 11. */
public final class Scenario {

  /** Kept: the JDK holds loggers weakly. */
  private static final java.util.logging.Logger TOMCAT =
      java.util.logging.Logger.getLogger("org.apache");

  private static java.util.logging.Logger contextLog;

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    TOMCAT.setLevel(java.util.logging.Level.OFF);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(args[0]);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    // addContext has given it a level of its own.
    contextLog =
        java.util.logging.Logger.getLogger(
            "org.apache.catalina.core.ContainerBase.[Tomcat].[localhost].[/]");
    contextLog.setLevel(java.util.logging.Level.OFF);
    // Context's own method for a mapping has changed its name within 8.5.
    context.addServletContainerInitializer((classes, servlets) -> addAll(servlets), null);
    tomcat.start();
    System.out.println("listening on " + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }

  private static void addAll(ServletContext servlets) {
    add(servlets, "/hello", new Hello());
    add(servlets, "/orders/*", new Hello());
    add(servlets, "/boom", new Boom());
    add(servlets, "/async", new Async());
  }

  private static void add(ServletContext servlets, String path, HttpServlet servlet) {
    ServletRegistration.Dynamic added = servlets.addServlet(path, servlet);
    added.setAsyncSupported(true);
    added.addMapping(path);
  }

  private static final class Hello extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("hello");
    }
  }

  private static final class Boom extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
      throw new IllegalStateException("boom");
    }
  }

  /** Answers from another thread, 200 ms later. */
  private static final class Async extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      AsyncContext async = request.startAsync();
      new Thread(() -> finish(async), "finishes").start();
    }

    private static void finish(AsyncContext async) {
      try {
        Thread.sleep(200);
        async.getResponse().getWriter().print("async");
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        async.complete();
      }
    }
  }
}

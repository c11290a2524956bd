// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.Scanner;
import javax.servlet.AsyncContext;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Servlets in an embedded Tomcat 9 with Logback on stdout. Says {@code listening on PORT}. The
 * system property {@code threads} limits those that serve.
 */
public final class TomcatService {

  private static final Logger LOG = LoggerFactory.getLogger(TomcatService.class);

  /** Kept: the JDK holds loggers weakly. */
  private static final java.util.logging.Logger TOMCAT =
      java.util.logging.Logger.getLogger("org.apache");

  private TomcatService() {}

  public static void main(String[] args) throws LifecycleException {
    TOMCAT.setLevel(java.util.logging.Level.OFF);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(args[0]);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxThreads", System.getProperty("threads", "200"));
    Context context = tomcat.addContext("", null);
    // addContext has given it a level of its own.
    java.util.logging.Logger contextLog = java.util.logging.Logger.getLogger(context.getLogName());
    contextLog.setLevel(java.util.logging.Level.OFF);
    add(context, "/hello", new Hello());
    add(context, "/async", new Async());
    add(context, "/boom", new Boom());
    add(context, "/chain", new Chain());
    add(context, "/sleep", new Sleep());
    tomcat.start();
    System.out.println("listening on " + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }

  private static void add(Context context, String path, HttpServlet servlet) {
    Wrapper wrapper = Tomcat.addServlet(context, path, servlet);
    wrapper.setAsyncSupported(true);
    context.addServletMappingDecoded(path, path);
  }

  private static final class Hello extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      LOG.info("greeting {}", request.getParameter("name"));
      response.getWriter().print("hello");
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
        LOG.warn("not finished", e);
      } finally {
        async.complete();
      }
    }
  }

  private static final class Boom extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      throw new IllegalStateException("boom");
    }
  }

  private static final class Chain extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print(get(request.getParameter("url")));
    }
  }

  private static final class Sleep extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        Thread.sleep(Long.parseLong(request.getParameter("millis")));
        response.getWriter().print("awake");
      } catch (InterruptedException e) {
        response.sendError(503);
      }
    }
  }

  private static String get(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
    try (InputStream in = connection.getInputStream();
        Scanner text = new Scanner(in, "UTF-8").useDelimiter("\\A")) {
      return text.hasNext() ? text.next() : "";
    }
  }
}

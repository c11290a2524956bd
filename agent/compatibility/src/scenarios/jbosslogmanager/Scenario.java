// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** JBoss LogManager on stdout with the ids in its pattern. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    String pattern = "LOG %p [%X{traceId}|%X{spanId}|%X{requestId}] %m%n";
    ConsoleHandler console =
        new ConsoleHandler(ConsoleHandler.Target.SYSTEM_OUT, new PatternFormatter(pattern));
    Logger log = Logger.getLogger(Scenario.class.getName());
    log.setUseParentHandlers(false);
    log.setLevel(Level.INFO);
    log.addHandler(console);
    new Front().on("/hello", query -> hello(log, query)).start();
  }

  private static String hello(Logger log, String name) {
    log.log(Level.INFO, "greeting {0}", name);
    return "hello";
  }
}

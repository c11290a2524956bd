// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import org.apache.log4j.ConsoleAppender;
import org.apache.log4j.Level;
import org.apache.log4j.Logger;
import org.apache.log4j.PatternLayout;

/** Log4j 1 on stdout with the ids in its pattern. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    String pattern = "LOG %p [%X{traceId}|%X{spanId}|%X{requestId}] %m%n";
    Logger.getRootLogger().addAppender(new ConsoleAppender(new PatternLayout(pattern)));
    Logger.getRootLogger().setLevel(Level.INFO);
    Logger log = Logger.getLogger(Scenario.class);
    new Front().on("/hello", query -> hello(log, query)).start();
  }

  private static String hello(Logger log, String name) {
    log.info("greeting " + name);
    return "hello";
  }
}

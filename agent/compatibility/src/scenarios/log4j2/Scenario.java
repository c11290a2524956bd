// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Log4j 2 on stdout with the ids in its pattern; its loggers are asynchronous where the JVM says
 * so.
 */
public final class Scenario {

  private static final String XML =
      "<Configuration status='OFF'><Appenders><Console name='OUT' target='SYSTEM_OUT'>"
          + "<PatternLayout pattern='LOG %level [%X{traceId}|%X{spanId}|%X{requestId}] %msg%n'/>"
          + "</Console></Appenders>"
          + "<Loggers><Root level='info'><AppenderRef ref='OUT'/></Root></Loggers></Configuration>";

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    Path file = Files.createTempFile("log4j2", ".xml");
    Files.write(file, XML.getBytes(StandardCharsets.UTF_8));
    System.setProperty("log4j.configurationFile", file.toString());
    Logger log = LogManager.getLogger(Scenario.class);
    Files.delete(file);
    new Front().on("/hello", query -> hello(log, query)).start();
  }

  private static String hello(Logger log, String name) {
    log.info("greeting {}", name);
    return "hello";
  }
}

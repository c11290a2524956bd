// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logback on stdout with the ids in its pattern; set up by code, since 1.6 has no XML of its own.
 */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("LOG %level [%X{traceId}|%X{spanId}|%X{requestId}] %msg%n");
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    Logger log = LoggerFactory.getLogger(Scenario.class);
    new Front().on("/hello", query -> hello(log, query)).start();
  }

  private static String hello(Logger log, String name) {
    log.info("greeting {}", name);
    return "hello";
  }
}

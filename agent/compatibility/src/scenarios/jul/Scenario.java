// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** {@code java.util.logging}, which has no MDC, with a handler that says nothing. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    Logger log = Logger.getLogger(Scenario.class.getName());
    log.setUseParentHandlers(false);
    log.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord record) {}

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
    new Front().on("/hello", query -> hello(log, query)).start();
  }

  private static String hello(Logger log, String name) {
    log.log(Level.INFO, "greeting {0}", name);
    return "hello";
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import static net.logstash.logback.argument.StructuredArguments.entries;
import static net.logstash.logback.argument.StructuredArguments.kv;
import static net.logstash.logback.argument.StructuredArguments.value;

import java.io.IOException;
import java.util.Collections;
import net.logstash.logback.marker.Markers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logback as it configures itself, with arguments and a marker that have names. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    Logger log = LoggerFactory.getLogger(Scenario.class);
    new Front().on("/hello", query -> hello(log, query)).start();
  }

  private static String hello(Logger log, String name) {
    Object[] arguments = {
      value("name", name), kv("order", 7), entries(Collections.singletonMap("item", "book"))
    };
    log.info(Markers.append("mark", "red"), "greeting {}", arguments);
    return "hello";
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import java.util.Locale;

/** Agents beside Sonde, known by the names of their files. */
final class OtherAgents {

  /** Part of the path, name, and whether it weaves what Sonde weaves. */
  private static final String[][] KNOWN = {
    {"opentelemetry", "OpenTelemetry", "observes"},
    {"elastic-apm", "Elastic APM", "observes"},
    {"dd-java-agent", "Datadog", "observes"},
    {"newrelic", "New Relic", "observes"},
    {"skywalking", "SkyWalking", "observes"},
    {"glowroot", "Glowroot", "observes"},
    {"instana", "Instana", "observes"},
    {"oneagent", "Dynatrace", "observes"},
    {"applicationinsights", "Application Insights", "observes"},
    {"appdynamics", "AppDynamics", "observes"},
    {"appagent", "AppDynamics", "observes"},
    {"pinpoint", "Pinpoint", "observes"},
    {"contrast", "Contrast", "observes"},
    {"jacoco", "JaCoCo", "counts lines covered; not meant for production"},
    {"jmx_prometheus", "Prometheus' JMX exporter", "reads JMX only, weaves nothing"},
    {"aspectjweaver", "AspectJ", "weaves the application's aspects"},
    {"spring-instrument", "Spring", "weaves for JPA"},
    {"byteman", "Byteman", "weaves by its rules"},
    {"jdwp", "the debugger", "slows down what it stops"},
  };

  private OtherAgents() {}

  /**
   * @param flag {@code -javaagent:…}, {@code -agentpath:…} or {@code -agentlib:…}
   */
  static void tell(String flag, Report report) {
    String path = flag.replaceFirst("=.*", "");
    for (String[] known : KNOWN) {
      if (path.toLowerCase(Locale.ROOT).contains(known[0])) {
        tell(path, known[1], known[2], report);
        return;
      }
    }
    report.agents.add(Text.clean(path + ": not known"));
  }

  private static void tell(String path, String name, String what, Report report) {
    if (!what.equals("observes")) {
      report.agents.add(Text.clean(path + ": " + name + ", " + what));
      return;
    }
    report.agents.add(Text.clean(path + ": " + name + ", observes the same calls"));
    report.finding(
        name + " is in this JVM, too; Sonde is not verified beside it",
        "each starts traces of its own and adds headers: leave the headers to one"
            + " (propagation.inject=none), and try both apart from production");
  }
}

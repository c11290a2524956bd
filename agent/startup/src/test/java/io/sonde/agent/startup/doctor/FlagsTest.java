// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a JVM's command line says. */
class FlagsTest {

  private final Report report = new Report("test");

  @Test
  void aCacheOfJava25IsToBeTrainedWithTheAgent() {
    Flags.tell(Arrays.asList("-Xmx1g", "-XX:AOTCache=app.aot"), true, report);
    assertThat(report.findings).isEmpty();

    Flags.tell(Arrays.asList("-XX:AOTCache=app.aot"), false, report);
    assertThat(report.findings.toString()).contains("trained without an agent is refused");
  }

  @Test
  void appCdsIsNoFinding() {
    Flags.tell(Arrays.asList("-XX:SharedArchiveFile=app.jsa"), false, report);

    assertThat(report.jvm).containsKey("AppCDS");
    assertThat(report.findings).isEmpty();
  }

  @Test
  void withoutStackTracesExceptionsSayLittle() {
    Flags.tell(Arrays.asList("-XX:-StackTraceInThrowable"), true, report);

    assertThat(report.findings).hasSize(1);
  }

  @Test
  void anotherAgentThatObservesIsAFinding() {
    OtherAgents.tell("-javaagent:/opt/opentelemetry-javaagent.jar=key=s3cret", report);

    assertThat(report.agents)
        .containsExactly(
            "-javaagent:/opt/opentelemetry-javaagent.jar: OpenTelemetry, observes the same calls");
    assertThat(report.findings).hasSize(1);
  }

  @Test
  void oneThatOnlyReadsIsNone() {
    OtherAgents.tell("-javaagent:jmx_prometheus_javaagent-1.0.jar=9404:c.yml", report);
    OtherAgents.tell("-agentpath:/opt/own.so", report);

    assertThat(report.agents)
        .containsExactly(
            "-javaagent:jmx_prometheus_javaagent-1.0.jar: Prometheus' JMX exporter, reads JMX only,"
                + " weaves nothing",
            "-agentpath:/opt/own.so: not known");
    assertThat(report.findings).isEmpty();
  }
}

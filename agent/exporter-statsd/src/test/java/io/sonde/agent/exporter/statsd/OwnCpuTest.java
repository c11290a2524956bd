// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sonde.agent.recording.AgentThreads;
import org.junit.jupiter.api.Test;

class OwnCpuTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void countsTheAgentsThreadsAlone() throws InterruptedException {
    new OwnCpu().bindTo(registry);

    Thread application = new Thread(OwnCpuTest::burn);
    application.start();
    application.join();
    assertThat(cpu()).as("the application's").isLessThan(0.2);

    Thread own = new Thread(AgentThreads.GROUP, OwnCpuTest::burn, "sonde-test");
    own.start();
    Thread.sleep(400);
    assertThat(cpu()).as("the agent's").isBetween(0.2, 1.1);
    own.join();
    assertThat(cpu()).isNotNegative();
  }

  private double cpu() {
    return registry.get("sonde.cpu").gauge().value();
  }

  private static void burn() {
    long end = System.nanoTime() + 600_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}

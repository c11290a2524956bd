// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sonde.agent.recording.AgentThreads;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnCpuTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile boolean idle;

  @BeforeEach
  void measure() {
    new OwnCpu().bindTo(registry);
  }

  @AfterEach
  void stop() {
    idle = true;
    end.countDown();
  }

  @Test
  void doesNotCountTheApplicationsThreads() throws InterruptedException {
    new Thread(this::burn).start();
    Thread.sleep(300);

    assertThat(cpu()).isLessThan(0.2);
  }

  @Test
  void countsWhatTheAgentsThreadsUseBetweenTwoPolls() throws InterruptedException {
    Thread.sleep(300);
    assertThat(cpu()).as("before").isLessThan(0.2);

    Thread own = new Thread(AgentThreads.GROUP, this::burn, "sonde-test");
    own.start();
    long start = System.nanoTime();
    Thread.sleep(500);
    double used = nanos(own) / (System.nanoTime() - start);
    assertThat(cpu()).as("meanwhile").isCloseTo(used, withinPercentage(25));

    idle = true;
    cpu();
    Thread.sleep(300);
    assertThat(cpu()).as("after").isLessThan(0.2);

    end.countDown();
    own.join();
    assertThat(cpu()).as("when it has ended").isNotNegative();
  }

  private double cpu() {
    return registry.get("sonde.cpu").gauge().value();
  }

  private static double nanos(Thread thread) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
  }

  private void burn() {
    while (!idle) {
      Thread.onSpinWait();
    }
    try {
      end.await();
    } catch (InterruptedException e) {
      // It ends in any case.
    }
  }
}

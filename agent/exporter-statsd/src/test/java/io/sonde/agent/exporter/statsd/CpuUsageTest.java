// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CpuUsageTest {

  private static final long BURNT_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void tellsTheShareOfAllProcessorsSinceTheLastLook() {
    new CpuUsage().bindTo(registry);
    read("process.cpu.usage");
    long start = System.nanoTime();
    burn();

    double usage = read("process.cpu.usage");
    double elapsed = System.nanoTime() - start;
    double own = BURNT_NANOS / elapsed / Runtime.getRuntime().availableProcessors();
    assertThat(usage).isBetween(own * 0.9, 1.0);
  }

  @Test
  void fallsWhenNothingIsDone() throws InterruptedException {
    new CpuUsage().bindTo(registry);
    burn();
    double busy = read("process.cpu.usage");
    Thread.sleep(1_500);

    assertThat(read("process.cpu.usage")).isLessThan(busy / 2);
  }

  @Test
  void standsInPlaceOfMicrometersOwn() {
    registry.config().meterFilter(CpuUsage.INSTEAD);
    new ProcessorMetrics().bindTo(registry);
    new CpuUsage().bindTo(registry);

    assertThat(registry.get("process.cpu.usage").gauge().getId().getDescription()).isNull();
    assertThat(registry.get("system.cpu.usage").gauge().getId().getDescription()).isNull();
    assertThat(registry.find("system.cpu.count").gauges()).hasSize(1);
    double first = read("system.cpu.usage");
    burn();
    assertThat(read("system.cpu.usage")).as("for 15 s").isEqualTo(first).isBetween(0.0, 1.0);
  }

  private double read(String name) {
    return registry.get(name).gauge().value();
  }

  private void burn() {
    long end = threads.getCurrentThreadCpuTime() + BURNT_NANOS;
    while (threads.getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * {@code process.cpu.usage} and {@code system.cpu.usage}, each from 0 to 1. What the JVM has for
 * them reads half a dozen files in a container: 0.45 and 0.9 ms of CPU a look (17). So the
 * process's is its CPU time over the time since the last poll, exactly, and the system's is asked
 * for every 15 s; the JVM's answer is the mean of these.
 *
 * <p>In place of two gauges of Micrometer's {@code ProcessorMetrics}. Cannot be made in a JVM
 * without {@code com.sun.management}.
 */
final class CpuUsage implements MeterBinder {

  private static final String PROCESS = "process.cpu.usage";
  private static final String SYSTEM = "system.cpu.usage";

  /** Refuses Micrometer's, which have a description. Set before anything is bound. */
  static final MeterFilter INSTEAD =
      MeterFilter.deny(
          id ->
              (id.getName().equals(PROCESS) || id.getName().equals(SYSTEM))
                  && id.getDescription() != null);

  private static final long SYSTEM_NANOS = TimeUnit.SECONDS.toNanos(15);

  /** Two readers of one poll get one answer. */
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Asks again when the last answer is so old. */
  private static final class Kept {
    private final long nanos;
    private final DoubleSupplier source;
    private long askedNanos;
    private double answer;

    Kept(long nanos, DoubleSupplier source) {
      this.nanos = nanos;
      this.source = source;
      this.askedNanos = System.nanoTime() - nanos;
    }

    synchronized double get() {
      long now = System.nanoTime();
      if (now - askedNanos >= nanos) {
        askedNanos = now;
        answer = source.getAsDouble();
      }
      return answer;
    }
  }

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private long cpuNanos = system.getProcessCpuTime();
  private long atNanos = System.nanoTime();

  @Override
  @SuppressWarnings("deprecation") // getCpuLoad() is Java 14
  public void bindTo(MeterRegistry registry) {
    Kept process = new Kept(FRESH_NANOS, this::processUsage);
    Kept machine = new Kept(SYSTEM_NANOS, system::getSystemCpuLoad);
    Gauge.builder(PROCESS, process, Kept::get).strongReference(true).register(registry);
    Gauge.builder(SYSTEM, machine, Kept::get).strongReference(true).register(registry);
  }

  /** Since the last call. */
  private double processUsage() {
    long cpu = system.getProcessCpuTime();
    long now = System.nanoTime();
    double share = (double) (cpu - cpuNanos) / (now - atNanos);
    cpuNanos = cpu;
    atNanos = now;
    double usage = share / Runtime.getRuntime().availableProcessors();
    return Math.max(0, Math.min(1, usage));
  }
}

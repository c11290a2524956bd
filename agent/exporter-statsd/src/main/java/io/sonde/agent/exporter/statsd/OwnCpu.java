// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.sonde.agent.recording.AgentThreads;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code sonde.cpu}: what the agent's own threads use, as a share of one core since the last poll.
 * What advice costs on the application's threads is not in it, nor the rest of a thread that has
 * ended. Nothing is sent where the JVM does not tell.
 */
final class OwnCpu implements MeterBinder {

  /** Far more than there are. */
  private static final int MAX_THREADS = 64;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private Map<Long, Long> nanosByThread = new HashMap<>();
  private long atNanos = System.nanoTime();

  @Override
  public void bindTo(MeterRegistry registry) {
    if (threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()) {
      read();
      Gauge.builder(MetricNames.SONDE_CPU.logical(), this, OwnCpu::read)
          .strongReference(true)
          .register(registry);
    }
  }

  private synchronized double read() {
    long now = System.nanoTime();
    double share = (double) used() / Math.max(1, now - atNanos);
    atNanos = now;
    return share;
  }

  /** Nanoseconds since the last call. */
  private long used() {
    Thread[] own = new Thread[MAX_THREADS];
    int count = AgentThreads.GROUP.enumerate(own);
    Map<Long, Long> now = new HashMap<>();
    long used = 0;
    for (int i = 0; i < count; i++) {
      long id = own[i].getId();
      long nanos = threads.getThreadCpuTime(id);
      if (nanos >= 0) { // it may have ended meanwhile
        now.put(id, nanos);
        used += nanos - nanosByThread.getOrDefault(id, 0L);
      }
    }
    nanosByThread = now;
    return used;
  }
}

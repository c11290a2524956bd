// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * {@code jvm.threads.states} from one look at the threads a poll. Micrometer's own gauges look at
 * all of them once for each of the six states, which a JVM of thousands of threads feels.
 */
final class ThreadStates implements MeterBinder {

  private static final String NAME = "jvm.threads.states";

  /** Refuses Micrometer's, which have a unit. Set before anything is bound. */
  static final MeterFilter INSTEAD =
      MeterFilter.deny(id -> id.getName().equals(NAME) && id.getBaseUnit() != null);

  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** For those that start while we look. */
  private static final int ROOM = 64;

  private final ThreadGroup all = root();
  private final int[] counts = new int[Thread.State.values().length];
  private long lookedAtNanos = System.nanoTime() - FRESH_NANOS;

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Thread.State state : Thread.State.values()) {
      Gauge.builder(NAME, () -> count(state))
          .tag("state", state.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .register(registry);
    }
  }

  private synchronized int count(Thread.State state) {
    long now = System.nanoTime();
    if (now - lookedAtNanos >= FRESH_NANOS) {
      lookedAtNanos = now;
      look();
    }
    return counts[state.ordinal()];
  }

  /** Asks the threads themselves: {@code ThreadMXBean} makes an object with two names of each. */
  private void look() {
    Arrays.fill(counts, 0);
    Thread[] threads = new Thread[all.activeCount() + ROOM];
    int count = all.enumerate(threads);
    for (int i = 0; i < count; i++) {
      counts[threads[i].getState().ordinal()]++;
    }
  }

  private static ThreadGroup root() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}

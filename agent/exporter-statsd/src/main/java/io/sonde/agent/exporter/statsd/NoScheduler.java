// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.micrometer.shaded.reactor.core.Disposable;
import io.micrometer.shaded.reactor.core.scheduler.Scheduler;
import io.micrometer.shaded.reactor.core.scheduler.Schedulers;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for Reactor's parallel scheduler, with which Micrometer's registry would poll its
 * gauges on a thread of its own, at one interval for ever: does nothing. {@link Meters} polls.
 *
 * <p>Through public doors only ({@code Schedulers.setFactory}); the shaded Reactor is nobody
 * else's.
 */
final class NoScheduler implements Scheduler {

  private static final Disposable DONE = () -> {};

  private NoScheduler() {}

  /** From now on, for all that this class loader builds. */
  static void install() {
    Schedulers.setFactory(
        new Schedulers.Factory() {
          @Override
          public Scheduler newParallel(int parallelism, ThreadFactory threads) {
            return new NoScheduler();
          }
        });
  }

  @Override
  public Disposable schedule(Runnable task) {
    return DONE;
  }

  @Override
  public Worker createWorker() {
    return new NoWorker();
  }

  private static final class NoWorker implements Worker {

    @Override
    public Disposable schedule(Runnable task) {
      return DONE;
    }

    @Override
    public Disposable schedulePeriodically(
        Runnable task, long initialDelay, long period, TimeUnit unit) {
      return DONE;
    }

    @Override
    public void dispose() {}
  }
}

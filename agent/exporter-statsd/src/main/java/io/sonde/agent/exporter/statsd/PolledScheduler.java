// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.micrometer.shaded.reactor.core.Disposable;
import io.micrometer.shaded.reactor.core.scheduler.Scheduler;
import io.micrometer.shaded.reactor.core.scheduler.Schedulers;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for Reactor's parallel scheduler, with which Micrometer's registry would poll its
 * gauges on a thread of its own: the periodic task is caught when the registry is built, and run by
 * whoever asks. So no Reactor thread is ever started, gauges are read on the sender's thread, and
 * the interval can change.
 *
 * <p>Through public doors only ({@code Schedulers.setFactory}); the shaded Reactor is nobody
 * else's.
 */
final class PolledScheduler implements Scheduler {

  private static final PolledScheduler INSTANCE = new PolledScheduler();

  private @Nullable Runnable caught;

  private PolledScheduler() {}

  /** Something built, and its periodic task. */
  static final class Polled<T> {
    final T value;
    final Runnable poll;

    Polled(T value, Runnable poll) {
      this.value = value;
      this.poll = poll;
    }
  }

  /** Builds something that starts one periodic task on Reactor's parallel scheduler. */
  static <T> Polled<T> build(Supplier<T> supplier) {
    synchronized (INSTANCE) {
      Schedulers.setFactory(
          new Schedulers.Factory() {
            @Override
            public Scheduler newParallel(int parallelism, ThreadFactory threads) {
              return INSTANCE;
            }
          });
      INSTANCE.caught = null;
      T value = supplier.get();
      Runnable poll = INSTANCE.caught;
      if (poll == null) {
        throw new IllegalStateException("micrometer polls in another way than expected");
      }
      return new Polled<>(value, poll);
    }
  }

  @Override
  public Disposable schedule(Runnable task) {
    return () -> {};
  }

  @Override
  public Worker createWorker() {
    return new PolledWorker();
  }

  /** Keeps the task until it is disposed of. */
  private final class PolledWorker implements Worker {

    private volatile boolean disposed;

    @Override
    public Disposable schedule(Runnable task) {
      return this;
    }

    @Override
    public Disposable schedulePeriodically(
        Runnable task, long initialDelay, long period, TimeUnit unit) {
      caught =
          () -> {
            if (!disposed) {
              task.run();
            }
          };
      return this;
    }

    @Override
    public void dispose() {
      disposed = true;
    }

    @Override
    public boolean isDisposed() {
      return disposed;
    }
  }
}

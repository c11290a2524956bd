// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The health thread: asks every check every 2 seconds, or every 5 when there is no hurry, a new one
 * at once. When a check hangs, the thread is given up together with it and another ticker takes
 * over; the old thread ends when the check returns.
 */
final class Ticker implements Runnable {

  static final long TICK_NANOS = 2_000_000_000L;

  /** A thread that wakes up in an idle process costs 0.1 to 0.3 ms, whatever it does. */
  static final long REST_NANOS = 5_000_000_000L;

  static final long HANG_NANOS = 5_000_000_000L;

  private final List<RegisteredCheck> checks;
  private final LongSupplier nanoTime;
  private final BooleanSupplier afterTick;
  private @Nullable Thread thread;

  // Guarded by this; the lock is never held while a check runs.
  private @Nullable RegisteredCheck current;
  private long currentSinceNanos;
  private volatile boolean retired;

  /**
   * @param afterTick says whether the next tick may be late
   */
  Ticker(List<RegisteredCheck> checks, LongSupplier nanoTime, BooleanSupplier afterTick) {
    this.checks = checks;
    this.nanoTime = nanoTime;
    this.afterTick = afterTick;
  }

  synchronized void start(ThreadFactory threads) {
    thread = threads.newThread(this);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    long next = nanoTime.getAsLong();
    while (!retired) {
      try {
        if (nanoTime.getAsLong() - next >= 0) {
          boolean rests = tick();
          next = nanoTime.getAsLong() + (rests ? REST_NANOS : TICK_NANOS);
        } else {
          askNew();
        }
      } catch (Throwable t) {
        // Out of memory, most likely: the next tick tries again.
        next = nanoTime.getAsLong() + TICK_NANOS;
      }
      LockSupport.parkNanos(this, Math.min(REST_NANOS, next - nanoTime.getAsLong()));
    }
  }

  /** Something was registered. Any thread. */
  synchronized void wake() {
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  /** Ends soon. Any thread. */
  synchronized void retire() {
    retired = true;
    wake();
  }

  /** True when another must take over. */
  synchronized boolean over() {
    return retired || thread != null && !thread.isAlive();
  }

  /** Gives this thread up when the check that it is in has not returned for too long. */
  synchronized void giveUpWhenStuck() {
    long forNanos = nanoTime.getAsLong() - currentSinceNanos;
    if (current == null || retired || forNanos < HANG_NANOS) {
      return;
    }
    retired = true;
    current.hangs(forNanos);
    if (thread != null) {
      thread.interrupt(); // it may be in something that listens to it
    }
  }

  /** Returns true when the next may be late. */
  boolean tick() {
    for (RegisteredCheck check : checks) {
      if (!retired && !check.hanging()) {
        ask(check);
      }
    }
    return !retired && afterTick.getAsBoolean();
  }

  private void askNew() {
    for (RegisteredCheck check : checks) {
      if (!retired && !check.asked()) {
        ask(check);
      }
    }
  }

  private void ask(RegisteredCheck check) {
    synchronized (this) {
      current = check;
      currentSinceNanos = nanoTime.getAsLong();
    }
    List<CheckResult> results = check.ask();
    synchronized (this) {
      current = null;
      if (check.hanging()) {
        check.hangsNoMore(); // too late to be shown; the next ticker asks it again
      } else {
        check.answered(results);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How long a sink may wait for its destination: for ever, until the end is near. */
final class Patience {

  private final CountDownLatch ending = new CountDownLatch(1);
  private volatile long deadlineNanos;

  /** The end is near: nothing may take longer than that. Any thread. */
  void endAt(long deadline) {
    deadlineNanos = deadline;
    ending.countDown();
  }

  boolean isEnding() {
    return ending.getCount() == 0;
  }

  int millisLeft() {
    return isEnding()
        ? (int) Math.max(0, (deadlineNanos - System.nanoTime()) / 1_000_000)
        : Integer.MAX_VALUE;
  }

  /**
   * Waits until then, or until the end is near.
   *
   * @return false when interrupted: nobody interrupts this thread but to end it
   */
  boolean waitUntil(long nanos) {
    try {
      ending.await(Math.max(1, nanos - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}

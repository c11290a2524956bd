// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jaxrs;

/** What a resource does on another thread. */
final class Later {

  static final int WORK_MILLIS = 50;

  private Later() {}

  static void run(Runnable answer) {
    new Thread(() -> workAnd(answer)).start();
  }

  private static void workAnd(Runnable answer) {
    try {
      Thread.sleep(WORK_MILLIS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    answer.run();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches the application start.
 *
 * <p>Sees its main class coming: the first class that the system loader defines after premain.
 * Holds it until the JDK's own classes are woven, so that its first request is seen.
 *
 * <p>The weaving thread needs no lock of an application's loader, and the wait ends in any case: no
 * deadlock, at worst a late start.
 */
final class MainClassWatch implements ClassFileTransformer {

  /** Weaving takes 0.4 s on one busy core. */
  private static final long MAX_WAIT_MILLIS = 3_000;

  private static final long QUIET_MILLIS = 250;
  private static final int QUIET_LOADS = 25;
  private static final int QUIET_TIMES = 3;

  private final ClassLoader systemLoader = ClassLoader.getSystemClassLoader();
  private final CountDownLatch woven;
  private final CountDownLatch reached = new CountDownLatch(1);

  /** Classes loaded so far. Not exact: nobody needs it to be. */
  private volatile int loads;

  MainClassWatch(CountDownLatch woven) {
    this.woven = woven;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (redefined != null) {
      return null;
    }
    loads++;
    if (loader == systemLoader && reached.getCount() > 0) {
      awaitWoven();
      reached.countDown();
    }
    return null;
  }

  /** False when main was not seen in time: a JVM whose main class was loaded before. */
  boolean await(long millis) throws InterruptedException {
    return reached.await(millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Waits until the application has loaded its classes: fewer than 25 in a quarter of a second,
   * three times in a row. Until then, on a machine of one core, every stage of ours would hold it
   * up.
   *
   * @param busy ends the wait: the application serves already
   */
  void awaitQuiet(long maxMillis, BooleanSupplier busy) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(maxMillis);
    int quiet = 0;
    while (quiet < QUIET_TIMES && !busy.getAsBoolean() && System.nanoTime() < deadline) {
      int before = loads;
      Thread.sleep(QUIET_MILLIS);
      quiet = loads - before < QUIET_LOADS ? quiet + 1 : 0;
    }
  }

  private void awaitWoven() {
    try {
      woven.await(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

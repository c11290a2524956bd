// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what happens in another thread or process, at most until a deadline. */
public final class Eventually {

  private static final long PAUSE_MILLIS = 20;

  private Eventually() {}

  /** Something that throws an {@link AssertionError} while it is not yet so. */
  @FunctionalInterface
  public interface Assertion {
    void check() throws Exception;
  }

  /** Returns when {@code condition} holds; fails when it does not within {@code limit}. */
  public static void that(Duration limit, BooleanSupplier condition) {
    passes(
        limit,
        () -> {
          if (!condition.getAsBoolean()) {
            throw new AssertionError("still not so");
          }
        });
  }

  /** Returns when {@code assertion} passes; fails with its last message after {@code limit}. */
  public static void passes(Duration limit, Assertion assertion) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        assertion.check();
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      } catch (Exception | AssertionError e) {
        if (System.nanoTime() - deadline >= 0) {
          throw new AssertionError("after " + limit + ": " + e.getMessage(), e);
        }
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import io.sonde.testkit.Eventually;

/** The first promise that did not hold. */
final class BrokenPromise extends AssertionError {

  private final String promise;

  /**
   * @param promise the same words each time: they stand in {@code COMPATIBILITY.md}
   */
  BrokenPromise(String promise, Throwable cause) {
    super(promise + ": " + cause.getMessage(), cause);
    this.promise = promise;
  }

  String promise() {
    return promise;
  }

  /** Holds now. */
  static void unless(String promise, Eventually.Assertion holds) {
    try {
      holds.check();
    } catch (Exception | AssertionError e) {
      throw new BrokenPromise(promise, e);
    }
  }

  /** Holds within {@link ObservedApp#LIMIT}. */
  static void unlessSoon(String promise, Eventually.Assertion holds) {
    unless(promise, () -> Eventually.passes(ObservedApp.LIMIT, holds));
  }
}

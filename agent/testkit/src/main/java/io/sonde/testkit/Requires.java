// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Parts that a machine may lack. Under continuous integration ({@code CI=true} in the environment)
 * a missing part fails the test; anywhere else the test is skipped and its report says why.
 */
public final class Requires {

  private Requires() {}

  /**
   * @param what the part and how to get it, as a reader of the report needs it
   */
  public static void part(boolean present, String what) {
    part(present, what, "true".equals(System.getenv("CI")));
  }

  static void part(boolean present, String what, boolean ci) {
    if (present) {
      return;
    }
    if (ci) {
      Assertions.fail("missing: " + what);
    }
    Assumptions.abort("missing: " + what);
  }
}

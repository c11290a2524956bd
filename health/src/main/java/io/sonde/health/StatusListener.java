// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

/** Is told of each change of a check's status. */
@FunctionalInterface
public interface StatusListener {

  /**
   * Called on the health thread, once for each result whose status is another than at the tick
   * before; one that is seen for the first time has passed before. Must be quick; what it throws is
   * swallowed.
   *
   * @param now the result, with the numbers that caused the change
   */
  void changed(CheckResult now, Status before);
}

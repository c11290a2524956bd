// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

/** The innermost cause of a throwable. */
public final class RootCause {

  /** Longer chains are cut; a cycle ends here too. */
  static final int MAX_DEPTH = 32;

  private RootCause() {}

  public static Throwable of(Throwable thrown) {
    Throwable root = thrown;
    for (int depth = 0; depth < MAX_DEPTH && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    return root;
  }
}

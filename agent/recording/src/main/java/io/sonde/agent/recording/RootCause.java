// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import org.jspecify.annotations.Nullable;

/** The innermost cause of a throwable. It is the application's: what it throws itself ends here. */
public final class RootCause {

  /** Longer chains are cut; a cycle ends here too. */
  static final int MAX_DEPTH = 32;

  private RootCause() {}

  public static Throwable of(Throwable thrown) {
    Throwable root = thrown;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      Throwable cause = causeOf(root);
      if (cause == null) {
        return root;
      }
      root = cause;
    }
    return root;
  }

  /** Null also where it cannot be asked. */
  static @Nullable Throwable causeOf(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (Throwable t) {
      return null;
    }
  }
}

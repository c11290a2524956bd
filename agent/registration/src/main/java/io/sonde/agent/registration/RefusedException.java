// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.registration;

import java.io.IOException;

/** The registry answered, and would not. */
final class RefusedException extends IOException {

  private static final long serialVersionUID = 1;

  /**
   * @param message what it said and what to do about it
   */
  RefusedException(String message) {
    super(message);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.io.IOException;

/** The server would take fewer lines at once. */
final class TooMuchException extends IOException {

  private static final long serialVersionUID = 1;

  TooMuchException(String message) {
    super(message);
  }
}

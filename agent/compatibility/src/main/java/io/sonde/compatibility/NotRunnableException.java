// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

/** A trial that says nothing about the agent: the application does not start by itself. */
final class NotRunnableException extends RuntimeException {

  NotRunnableException(String message, Throwable cause) {
    super(message, cause);
  }
}

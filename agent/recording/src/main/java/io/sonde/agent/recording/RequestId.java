// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import org.jspecify.annotations.Nullable;

/** What a caller may give as a request id: it goes into logs, headers and pages. */
final class RequestId {

  private static final int MAX_LENGTH = 128;

  private RequestId() {}

  /** The id itself, or null when it is too long or has a character that may do harm. */
  static @Nullable String valid(@Nullable String id) {
    if (id == null || id.isEmpty() || id.length() > MAX_LENGTH) {
      return null;
    }
    for (int i = 0; i < id.length(); i++) {
      if (!isAllowed(id.charAt(i))) {
        return null;
      }
    }
    return id;
  }

  private static boolean isAllowed(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "_.:/=+@-".indexOf(c) >= 0;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import org.jspecify.annotations.Nullable;

/**
 * A request id as a caller may give it: 1 to 128 of {@code A-Z a-z 0-9 _ . : / = + @ -}. It goes
 * into headers, logs and pages, so that nothing else passes.
 */
final class RequestId {

  static final int MAX_LENGTH = 128;

  private RequestId() {}

  /** The same string, or null: then it is to be replaced. Allocates nothing. */
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

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code /orders/*} for {@code /orders}: made once a mapping, so that a request allocates nothing.
 * An application has as many as it has servlets. Any thread.
 */
final class Wildcards {

  private static final int MAX = 1_000;

  private final ConcurrentMap<String, String> patterns = new ConcurrentHashMap<>();

  /** Null for {@code /*}, which tells nothing, and beyond the limit. */
  @Nullable String of(String path) {
    String known = patterns.get(path);
    if (known != null || path.isEmpty() || patterns.size() >= MAX) {
      return known;
    }
    String pattern = path + "/*";
    patterns.put(path, pattern);
    return pattern;
  }
}

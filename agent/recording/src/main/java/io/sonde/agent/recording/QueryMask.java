// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shows a query's keys, and only the values of keys that are known to be harmless: {@code
 * page=2&token=***}. An allow list, since nobody can list all secrets. Thread-safe.
 */
public final class QueryMask {

  /** More is cut; a query may be megabytes long. */
  private static final int MAX_LENGTH = 2_048;

  private static final String MASK = "***";

  private final Set<String> allowed = new HashSet<>();

  /** Keys are compared without regard to case. */
  public QueryMask(Collection<String> allowed) {
    for (String key : allowed) {
      this.allowed.add(key.toLowerCase(Locale.ROOT));
    }
  }

  /** Null stays null. */
  public @Nullable String mask(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return null;
    }
    StringBuilder masked = new StringBuilder(Math.min(query.length(), MAX_LENGTH));
    int from = 0;
    while (from <= query.length() && masked.length() < MAX_LENGTH) {
      int end = endOfPair(query, from);
      maskPair(query, from, end, masked);
      if (end < query.length()) {
        masked.append(query.charAt(end));
      }
      from = end + 1;
    }
    masked.setLength(Math.min(masked.length(), MAX_LENGTH));
    return masked.toString();
  }

  /**
   * Older servers take {@code ;} for {@code &}, and {@code ?} may follow where a URL was put in.
   */
  private static int endOfPair(String query, int from) {
    int end = from;
    while (end < query.length() && "&;?".indexOf(query.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private void maskPair(String query, int from, int end, StringBuilder masked) {
    int equals = query.indexOf('=', from);
    if (equals < 0 || equals >= end) {
      // A lone word may be a token as well as a flag.
      boolean shown = allowed.contains(query.substring(from, end).toLowerCase(Locale.ROOT));
      masked.append(shown || from == end ? query.substring(from, end) : MASK);
      return;
    }
    String key = query.substring(from, equals);
    // No key, but a URL or an address.
    boolean odd = key.indexOf('/') >= 0 || key.indexOf('@') >= 0;
    masked.append(odd ? MASK : key).append('=');
    boolean shown = allowed.contains(key.toLowerCase(Locale.ROOT));
    masked.append(shown ? query.substring(equals + 1, end) : MASK);
  }
}

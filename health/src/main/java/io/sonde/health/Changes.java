// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

/** When something has changed, the last 64 times at least. Not thread-safe. */
final class Changes {

  // More changes than these in one window are not told apart: "many" is enough.
  private final long[] atNanos = new long[64];
  private int total;

  void add(long nowNanos) {
    atNanos[total++ % atNanos.length] = nowNanos;
    if (total == 2 * atNanos.length) {
      total = atNanos.length; // the same slots again, so that the count never overflows
    }
  }

  /** How many in the last {@code windowNanos}. */
  int within(long windowNanos, long nowNanos) {
    int count = 0;
    for (int i = 0; i < Math.min(total, atNanos.length); i++) {
      if (nowNanos - atNanos[i] < windowNanos) {
        count++;
      }
    }
    return count;
  }
}

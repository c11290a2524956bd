// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

/**
 * Turns {@link System#nanoTime} into time of day, so that the request's thread reads one clock
 * only. Looked at by the pipeline once a second, every 5 s when idle: a stepped clock is followed.
 */
public final class WallClock {

  private static volatile WallClock anchor = new WallClock();

  private final long nanos = System.nanoTime();
  private final long epochMicros = System.currentTimeMillis() * 1_000;

  private WallClock() {}

  /** Called by the pipeline. */
  static void adjust() {
    WallClock next = new WallClock();
    long error = next.epochMicros - micros(next.nanos);
    // currentTimeMillis is up to 1 ms behind: following that would make children start before
    // their parents. Only a real step counts.
    if (Math.abs(error) > 5_000) {
      anchor = next;
    }
  }

  /** Microseconds since 1970. Any thread. */
  public static long micros(long nanoTime) {
    WallClock current = anchor;
    return current.epochMicros + (nanoTime - current.nanos) / 1_000;
  }

  /** Milliseconds since 1970. Any thread. */
  public static long millis(long nanoTime) {
    return micros(nanoTime) / 1_000;
  }
}

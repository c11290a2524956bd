// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A check of {@code /health} whose status is another than before, with the numbers that caused it.
 * Immutable.
 */
public final class HealthChange {

  private final String check;
  private final String from;
  private final String to;
  private final boolean worse;
  private final @Nullable String output;
  private final Map<String, String> numbers;
  private final long epochMillis;

  /**
   * @param check its key, e.g. {@code http.server:responseTime}
   * @param from {@code pass}, {@code warn} or {@code fail}
   * @param output one line that says why, or null
   * @param numbers by name, as text
   */
  public HealthChange(
      String check,
      String from,
      String to,
      boolean worse,
      @Nullable String output,
      Map<String, String> numbers,
      long epochMillis) {
    this.check = check;
    this.from = from;
    this.to = to;
    this.worse = worse;
    this.output = output;
    this.numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    this.epochMillis = epochMillis;
  }

  public String check() {
    return check;
  }

  /** {@code pass}, {@code warn} or {@code fail}. */
  public String from() {
    return from;
  }

  /** {@code pass}, {@code warn} or {@code fail}. */
  public String to() {
    return to;
  }

  /** True when {@link #to} is worse than {@link #from}. */
  public boolean worse() {
    return worse;
  }

  /** Why, in one line. */
  public @Nullable String output() {
    return output;
  }

  /** What was measured, by name. */
  public Map<String, String> numbers() {
    return numbers;
  }

  public long epochMillis() {
    return epochMillis;
  }

  /** {@code http.server:responseTime: pass to warn: p95 of the last 10s is 1,400 ms}. */
  public String message() {
    String change = check + ": " + from + " to " + to;
    return output == null ? change : change + ": " + output;
  }
}

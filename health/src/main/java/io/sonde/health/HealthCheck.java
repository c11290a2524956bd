// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One health question. Asked on the health thread every 2 seconds, or every 5 while all rests
 * ({@link Health#restWhen}), never concurrently with itself.
 *
 * <p>Reads memory only: it borrows no connection, calls nobody, waits for nothing. What it throws
 * becomes a warning with the exception's class; one that does not return within 5 seconds becomes a
 * warning and is not asked again until it returns.
 */
@FunctionalInterface
public interface HealthCheck {

  /** The answer now. Checks with several answers override {@link #results} instead. */
  CheckResult check() throws Exception;

  /** All answers, e.g. one per connection pool. At most 256 are kept. */
  default List<CheckResult> results() throws Exception {
    return Collections.singletonList(check());
  }

  /**
   * The last answers with their numbers brought up to date. Called for each document, on the
   * server's thread: a few field reads at most. Statuses should stay as they were, they belong to
   * {@link #results}. When this throws, the last answers are shown.
   */
  default List<CheckResult> refresh(List<CheckResult> last) {
    return last;
  }

  /**
   * The answer to a question with parameters, e.g. {@code ?route=/users/{id}}. Called on the
   * server's thread: memory only. Null when they mean nothing to this check; then its last answers
   * are shown.
   *
   * @param parameters decoded, as the caller wrote them
   * @throws java.util.NoSuchElementException when there is no such thing: its message is the error
   *     of a 404
   * @throws IllegalArgumentException when a value is not allowed: its message is the error of a 400
   */
  default @Nullable CheckResult answer(Map<String, String> parameters) {
    return null;
  }

  /**
   * False while this check counts ticks, as {@link Hysteresis#settled} does, or for another reason
   * wants to be asked again soon. On the health thread, after {@link #results}.
   */
  default boolean settled() {
    return true;
  }

  /**
   * True when a failure of this check means that only a restart helps. Only such checks are seen by
   * {@code /health/live}; they never look at anything outside of the process.
   */
  default boolean liveness() {
    return false;
  }
}

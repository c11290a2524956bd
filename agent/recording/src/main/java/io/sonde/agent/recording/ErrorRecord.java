// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import org.jspecify.annotations.Nullable;

/**
 * One exception that nobody handled. Made on the pipeline's thread, once per throwable however
 * often it is seen.
 */
public final class ErrorRecord {

  private final Throwable thrown;
  private final String fingerprint;
  private final String seenAt;
  private final long repeatCount;
  private final long epochMillis;
  private final String threadName;
  private final @Nullable Exchange exchange;

  /**
   * @param fingerprint 8 hex digits over class and frames, the same on every instance
   * @param seenAt {@code handler}, {@code uncaught} or {@code client}
   * @param repeatCount how many with this fingerprint were counted, but not recorded, since the
   *     last record
   */
  public ErrorRecord(
      Throwable thrown,
      String fingerprint,
      String seenAt,
      long repeatCount,
      long epochMillis,
      String threadName,
      @Nullable Exchange exchange) {
    this.thrown = thrown;
    this.fingerprint = fingerprint;
    this.seenAt = seenAt;
    this.repeatCount = repeatCount;
    this.epochMillis = epochMillis;
    this.threadName = threadName;
    this.exchange = exchange;
  }

  /** The same, as the summary of a storm. */
  ErrorRecord repeated(long count) {
    return new ErrorRecord(thrown, fingerprint, seenAt, count, epochMillis, threadName, exchange);
  }

  public Throwable thrown() {
    return thrown;
  }

  /** Class name of the root cause, e.g. {@code java.sql.SQLTimeoutException}. */
  public String type() {
    return RootCause.of(thrown).getClass().getName();
  }

  public String fingerprint() {
    return fingerprint;
  }

  public String seenAt() {
    return seenAt;
  }

  public long repeatCount() {
    return repeatCount;
  }

  public long epochMillis() {
    return epochMillis;
  }

  public String threadName() {
    return threadName;
  }

  /** The finished exchange it ended, or null. */
  public @Nullable Exchange exchange() {
    return exchange;
  }
}

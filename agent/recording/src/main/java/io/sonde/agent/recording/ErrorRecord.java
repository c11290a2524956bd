// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.Collections;
import java.util.List;
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
  private final List<String> trail;

  /**
   * @param fingerprint 8 hex digits over class and frames, the same on every instance
   * @param seenAt where it was seen, first to last: {@code handler}, {@code uncaught}, {@code log},
   *     {@code future}, {@code scheduled}; several with a comma in between
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
    this(
        thrown,
        fingerprint,
        seenAt,
        repeatCount,
        epochMillis,
        threadName,
        exchange,
        Collections.<String>emptyList());
  }

  private ErrorRecord(
      Throwable thrown,
      String fingerprint,
      String seenAt,
      long repeatCount,
      long epochMillis,
      String threadName,
      @Nullable Exchange exchange,
      List<String> trail) {
    this.thrown = thrown;
    this.fingerprint = fingerprint;
    this.seenAt = seenAt;
    this.repeatCount = repeatCount;
    this.epochMillis = epochMillis;
    this.threadName = threadName;
    this.exchange = exchange;
    this.trail = trail;
  }

  /** The same, as the summary of a storm. */
  ErrorRecord repeated(long count) {
    return new ErrorRecord(thrown, fingerprint, seenAt, count, epochMillis, threadName, exchange);
  }

  /** The same, with what went before it in its request. */
  ErrorRecord after(List<String> lines) {
    return new ErrorRecord(
        thrown, fingerprint, seenAt, repeatCount, epochMillis, threadName, exchange, lines);
  }

  /** The same, after all places have seen it. */
  ErrorRecord seen(Throwable outermost, String places, @Nullable Exchange its) {
    return new ErrorRecord(
        outermost, fingerprint, places, repeatCount, epochMillis, threadName, its);
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

  /** What its thread served, or null. May still be in flight. */
  public @Nullable Exchange exchange() {
    return exchange;
  }

  /**
   * The last lines that its request has logged, and its calls: {@code INFO com.shop.Cart: loading
   * cart 7}, {@code GET orders:8080/orders/7 200 12 ms}. Empty when there is no request.
   */
  public List<String> trail() {
    return trail;
  }
}

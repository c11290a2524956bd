// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

/**
 * An end of the pipeline: statsd, logs, zipkin, the health windows.
 *
 * <p>All methods but {@link #close} are called on the pipeline's thread, one at a time, and must
 * neither block nor wait for a destination: what takes time goes to a {@link DestinationWorker}.
 * What they throw is caught, counted and told once; the others go on.
 */
public interface Exporter {

  /** e.g. {@code statsd}; part of the ledger and of thread names. */
  String name();

  /** Called once, before the first item. Libraries are loaded here, not in the constructor. */
  default void start() {}

  /**
   * A finished exchange, server or client, sampled or not. Read only. Of a server exchange {@link
   * Exchange#route} is settled, never null.
   */
  default void exchange(Exchange exchange) {}

  /** An event of the application's own log. */
  default void log(LogEvent event) {}

  /** An exception that nobody handled; at most one per throwable. */
  default void error(ErrorRecord error) {}

  /** An attempt to get a connection out of a pool. */
  default void pool(PoolUse use) {}

  /** A check of {@code /health} whose status has changed. */
  default void healthChanged(HealthChange change) {}

  /** This process has started: once, among the first items. */
  default void serviceStarted(ServiceStart start) {}

  /**
   * Called about ten times a second; when nothing happens, every 5 s or when {@link #restNanos} is
   * over.
   *
   * @param nowNanos {@link System#nanoTime}
   */
  default void tick(long nowNanos) {}

  /** For how long {@link #tick} has nothing to do that must not be late. */
  default long restNanos(long nowNanos) {
    return Long.MAX_VALUE;
  }

  /**
   * The last flush: hands everything to the destination and stops. Called once, on another thread
   * than the pipeline's, after the last call of the others. Returns when all is sent or at the
   * deadline; what is left then is counted as dropped ({@code shutdown}).
   *
   * @param deadlineNanos in {@link System#nanoTime} terms
   */
  default void close(long deadlineNanos) {}
}

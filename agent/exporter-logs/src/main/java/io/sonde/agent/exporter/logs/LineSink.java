// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

/**
 * Where lines go: Logstash, Elasticsearch, a file, standard output.
 *
 * <p>Called on the destination's thread, but for {@link #watch}, {@link #closing} and {@link
 * #close}.
 */
interface LineSink {

  /** Name of the destination in the ledger, in thread names and in Sonde's log. */
  String name();

  /**
   * Sends whole lines. May block as long as the destination does. Each line is sent, dropped with a
   * reason, or kept for later; the tally is told.
   */
  void send(LineBatch batch, LineTally tally);

  /** A batch that is this long is sent. Larger ones gained nothing on loopback. */
  default int batchBytes() {
    return 32 * 1024;
  }

  /** About every 100 ms, when there was nothing to send. */
  default void idle(LineTally tally) {}

  /** About ten times a second on the pipeline's thread: the time to break a send that hangs. */
  default void watch(long nowNanos, LineTally tally) {}

  /** The end is near: nothing waits for the destination beyond the deadline. Any thread. */
  default void closing(long deadlineNanos) {}

  /** Ends a send that still blocks, and lets go of everything. Any thread. */
  default void close() {}
}

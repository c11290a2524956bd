// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.io.IOException;

/**
 * One server that says what it has taken. Knows how lines travel, and nothing of queues, of other
 * servers or of waiting: that is {@link AckedSink}'s.
 *
 * <p>One thread at a time sends; {@link #watch} and {@link #abort} may come from any.
 */
interface AckingServer {

  /**
   * Sends the first open lines, at most so many, and settles in {@code lines} what the server
   * decides: acked, or dropped with a reason. Blocks until it has answered, or too long.
   *
   * @throws TooMuchException when it would take fewer
   * @throws IOException when it left any of them open: they are to be sent again, later or to
   *     another server. The message tells why and holds no secret.
   */
  void send(OpenLines lines, int most) throws IOException;

  /** About ten times a second: the time to break a send that hangs. Does not block. */
  void watch(long nowNanos);

  /** Ends the send under way, and every later one, with an exception. Does not block. */
  void abort();
}

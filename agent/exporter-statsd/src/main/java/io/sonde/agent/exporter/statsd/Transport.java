// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

/** The way to statsd. Sender's thread only; may block for a bounded time. */
interface Transport {

  /** Resolves and connects where that is due. Returns false when nothing can be sent now. */
  boolean ready(long nowNanos);

  /**
   * Sends a packet and books what became of it; what the kernel did not take stays pending.
   *
   * @return false when no more should be sent for now
   */
  boolean send(Packet packet);

  /** The last flush begins: the next {@link #ready} tries, however long it was to wait. */
  default void hurry() {}

  /**
   * Called between rounds, as often as {@link #checkNanos} says: notices a connection that broke.
   */
  default void check(long nowNanos) {}

  /** How often there is something to check; by default almost never. */
  default long checkNanos() {
    return 60_000_000_000L;
  }

  /** Largest payload in bytes. */
  int maxPacket();

  /** {@code up}, or {@code down: } and why. */
  String state();

  /** Everything was sent: says goodbye, and settles what is not settled. */
  void close(long deadlineNanos);
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One Logstash: the connection to it, and the lines it was brought last, which may be lost in
 * kernels when that breaks. One thread, but for {@link #watch}, {@link #finish} and {@link #close}.
 */
final class LogstashRoute {

  /** What may be lost on the way: the two kernels' buffers, and a peer that reads slowly. */
  private static final int RESEND_BYTES = 512 * 1024;

  /** A peer that breaks each connection early gets other lines, too; these count as lost. */
  private static final int MAX_SENDS = 5;

  private static final long RESEND_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A connection that broke sooner counts as a failed attempt: some accept only to close. */
  private static final long PROVEN_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** A write that takes longer may be to a host that is gone. Doubled each time it was in vain. */
  private static final long FIRST_STALL_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long MAX_STALL_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** Between attempts while other ones serve: each may cost them two seconds. */
  private static final long MAX_BACKOFF_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LogstashAddress address;
  private final LogstashSockets sockets;
  private final Deque<LineChunk> recent = new ArrayDeque<>();
  private final Backoff backoff = new Backoff(MAX_BACKOFF_NANOS);
  private volatile @Nullable LogstashConnection connection;
  private volatile long stallNanos = FIRST_STALL_NANOS;
  private int recentBytes;
  private long connectedAt;

  /** When what is done with the connection began: it was not known to be broken before. */
  private long lastGoodAt;

  LogstashRoute(LogstashAddress address, LogstashSockets sockets) {
    this.address = address;
    this.sockets = sockets;
  }

  boolean isConnected() {
    return connection != null;
  }

  /** Not connected, and tried long enough ago. */
  boolean worthATry() {
    return connection == null && backoff.due();
  }

  void connect(int timeoutMillis) throws IOException {
    try {
      connection = sockets.connect(address, timeoutMillis, LogstashConnection::new);
      connectedAt = System.nanoTime();
    } catch (IOException | RuntimeException e) {
      backoff.failed();
      throw e;
    }
  }

  void write(LineChunk chunk) throws IOException {
    lastGoodAt = System.nanoTime();
    connection.write(chunk.bytes());
  }

  /** The kernel has it. */
  void wrote(LineChunk chunk) {
    stallNanos = FIRST_STALL_NANOS;
    recent.add(chunk);
    recentBytes += chunk.bytes().length;
    forgetOld(chunk.sentNanos());
  }

  /** Notices that the peer has closed. */
  void failIfEnded() throws IOException {
    lastGoodAt = System.nanoTime();
    connection.failIfEnded();
  }

  /**
   * Ends a connection that broke. What may be lost in kernels goes out again, in its order, before
   * anything else.
   *
   * @return whether it had lasted
   */
  boolean broke(Deque<LineChunk> unsent, LineTally tally) {
    LogstashConnection broken = connection;
    connection = null;
    if (broken != null) {
      broken.abort();
    }
    forgetOld(lastGoodAt);
    while (!recent.isEmpty()) {
      LineChunk chunk = recent.removeLast();
      chunk.recalled(tally);
      if (chunk.sends() < MAX_SENDS) {
        unsent.addFirst(chunk);
      } else {
        chunk.dropped(tally, "connection lost");
      }
    }
    recentBytes = 0;
    boolean proven = System.nanoTime() - connectedAt > PROVEN_NANOS;
    if (proven) {
      backoff.reset();
    } else {
      backoff.failed();
    }
    return proven;
  }

  /** Breaks a write that hangs. Returns for how long it does. Any thread. */
  long watch(long nowNanos) {
    LogstashConnection current = connection;
    long stalled = current == null ? 0 : current.stalledNanos(nowNanos);
    if (stalled > stallNanos) {
      stallNanos = Math.min(2 * stallNanos, MAX_STALL_NANOS);
      current.abort();
    }
    return stalled;
  }

  /** Nothing more is written. Any thread. */
  void finish() {
    LogstashConnection current = connection;
    if (current != null) {
      current.finish();
    }
  }

  /** Any thread. */
  void close() {
    LogstashConnection current = connection;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public String toString() {
    return address.toString();
  }

  private void forgetOld(long now) {
    long oldest = now - RESEND_NANOS;
    while (!recent.isEmpty()
        && (recentBytes > RESEND_BYTES || recent.peek().sentNanos() - oldest < 0)) {
      recentBytes -= recent.remove().bytes().length;
    }
  }
}

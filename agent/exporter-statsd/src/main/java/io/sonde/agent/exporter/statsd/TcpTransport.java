// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.sonde.agent.recording.RetryWait;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lines over one connection, made again with backoff and jitter.
 *
 * <p>What the kernel has taken is never sent again, so that nothing is counted twice. It is booked
 * as sent {@value #CONFIRM_MILLIS} ms later, if the connection still stands: bytes that reach a
 * receiver which has just gone are answered by a reset, and are booked as dropped ({@code reset}),
 * though some of them may have been read. Before each packet the other side's end is looked for, so
 * that an orderly restart between two rounds loses nothing.
 */
final class TcpTransport implements Transport {

  private static final int CONFIRM_MILLIS = 100;
  private static final long CONFIRM_NANOS = CONFIRM_MILLIS * 1_000_000L;
  private static final int MAX_PACKET = 8_192;
  private static final long CHECK_NANOS = 250_000_000L;
  private static final long CONNECT_NANOS = 2_000_000_000L;
  private static final long STALL_NANOS = 2_000_000_000L;
  private static final long FIRST_WAIT_NANOS = 100_000_000L;
  private static final long LONGEST_WAIT_NANOS = 10_000_000_000L;

  /** What was taken by the kernel at one moment. */
  private static final class Taken {
    final long nanos;
    final long records;
    final long lines;

    Taken(long nanos, long records, long lines) {
      this.nanos = nanos;
      this.records = records;
      this.lines = lines;
    }
  }

  private final Address address;
  private final Deliveries deliveries;
  private final ArrayDeque<Taken> unconfirmed = new ArrayDeque<>();
  private final ByteBuffer scratch = ByteBuffer.allocate(256);
  private @Nullable SocketChannel channel;
  private @Nullable InetSocketAddress connected;
  private int failures;
  private long nextConnectNanos = System.nanoTime();
  private String state = "up";

  TcpTransport(Address address, Deliveries deliveries) {
    this.address = address;
    this.deliveries = deliveries;
  }

  @Override
  public boolean ready(long nowNanos) {
    check(nowNanos);
    if (channel != null) {
      moveWhenAddressChanged(nowNanos);
    }
    if (channel == null && nowNanos - nextConnectNanos >= 0) {
      connect(nowNanos);
    }
    return channel != null;
  }

  @Override
  public void hurry() {
    nextConnectNanos = System.nanoTime();
  }

  @Override
  public void check(long nowNanos) {
    if (channel != null && !stands()) {
      broken("reset");
    }
  }

  @Override
  public long checkNanos() {
    return CHECK_NANOS;
  }

  private void moveWhenAddressChanged(long nowNanos) {
    InetSocketAddress target = address.current(nowNanos);
    if (target != null && !target.equals(connected) && unconfirmed.isEmpty()) {
      disconnect();
    }
  }

  private void connect(long nowNanos) {
    InetSocketAddress target = address.current(nowNanos);
    if (target == null) {
      failed(nowNanos, "unknown host");
      return;
    }
    try {
      channel = open(target);
      connected = target;
      state = "up";
      failures = 0;
    } catch (IOException e) {
      address.distrust(nowNanos);
      failed(System.nanoTime(), String.valueOf(e.getMessage()));
    }
  }

  private static SocketChannel open(InetSocketAddress target) throws IOException {
    SocketChannel opened = SocketChannel.open();
    try {
      opened.socket().connect(target, (int) (CONNECT_NANOS / 1_000_000));
      opened.configureBlocking(false);
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  private void failed(long nowNanos, String why) {
    state = "down: " + why;
    nextConnectNanos = nowNanos + RetryWait.nanos(++failures, FIRST_WAIT_NANOS, LONGEST_WAIT_NANOS);
  }

  @Override
  public boolean send(Packet packet) {
    if (!stands()) {
      broken("reset");
      return false;
    }
    ByteBuffer bytes = packet.stream();
    String trouble = write(bytes);
    long uncertain = packet.take(bytes.position());
    unconfirmed.add(new Taken(System.nanoTime(), packet.recordsTaken(), packet.linesTaken()));
    if (trouble == null) {
      return true;
    }
    deliveries.dropped("cut", uncertain, 0);
    broken(trouble);
    return false;
  }

  /** Returns null when all was written, else why not. */
  private @Nullable String write(ByteBuffer bytes) {
    long deadline = System.nanoTime() + STALL_NANOS;
    try {
      while (true) {
        channel.write(bytes);
        if (!bytes.hasRemaining()) {
          return null;
        }
        if (System.nanoTime() - deadline >= 0) {
          return "timeout";
        }
        LockSupport.parkNanos(1_000_000);
      }
    } catch (IOException e) {
      return "reset";
    }
  }

  /**
   * False when the other side has ended the connection. What it says is thrown away. What was sent
   * long enough before this look is confirmed by it, and by nothing else: a thread that comes late
   * knows no more of a packet than at its last look.
   */
  private boolean stands() {
    long lookedNanos = System.nanoTime();
    boolean stands = isOpen();
    if (stands) {
      confirm(lookedNanos - CONFIRM_NANOS);
    }
    return stands;
  }

  private boolean isOpen() {
    try {
      int read;
      do {
        scratch.clear();
        read = channel.read(scratch);
      } while (read > 0);
      return read == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void broken(String why) {
    disconnect();
    for (Taken taken = unconfirmed.poll(); taken != null; taken = unconfirmed.poll()) {
      deliveries.dropped("reset", taken.records, taken.lines);
    }
    state = "down: " + why;
    nextConnectNanos = System.nanoTime();
  }

  private void confirm(long untilNanos) {
    while (!unconfirmed.isEmpty() && unconfirmed.peek().nanos - untilNanos <= 0) {
      Taken taken = unconfirmed.remove();
      deliveries.sent(taken.records, taken.lines);
    }
  }

  @Override
  public int maxPacket() {
    return MAX_PACKET;
  }

  @Override
  public String state() {
    return state;
  }

  /**
   * Ends the stream, and waits for the other side's end for as long as a packet takes to be
   * confirmed: when it comes, all was read.
   */
  @Override
  public void close(long deadlineNanos) {
    if (channel != null) {
      long until = System.nanoTime() + CONFIRM_NANOS;
      boolean reset = false;
      try {
        channel.shutdownOutput();
        while (!reset && endNotSeen() && System.nanoTime() - Math.min(until, deadlineNanos) < 0) {
          LockSupport.parkNanos(1_000_000);
        }
      } catch (IOException e) {
        reset = true;
      }
      if (reset) {
        broken("reset");
      }
    }
    confirm(System.nanoTime());
    disconnect();
  }

  private boolean endNotSeen() throws IOException {
    scratch.clear();
    return channel.read(scratch) >= 0;
  }

  private void disconnect() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // It is gone either way.
        state = "down: " + e.getMessage();
      }
    }
    channel = null;
    connected = null;
  }
}

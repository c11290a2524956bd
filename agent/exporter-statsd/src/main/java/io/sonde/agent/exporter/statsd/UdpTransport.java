// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams over a connected socket: only such a socket is told when nobody listens (ICMP port
 * unreachable), and it is asked after every packet by a read that does not wait. On one host the
 * answer is there at once and is about the packet just sent, which is then dropped ({@code
 * refused}); nothing more is sent in that round, and what is counted stays pending. Over a network
 * the answer comes later and is about an earlier packet, which was booked as sent, as the kernel
 * took it: it only shows in the state. A refused packet is never sent again, since one cannot know
 * that it is the one that was refused.
 *
 * <p>Bursts are paced: the receiver's buffer (208 KiB by default on Linux) holds about 90 packets
 * of 1432 bytes, as each takes 2304 there.
 */
final class UdpTransport implements Transport {

  private static final int BURST = 10;
  private static final long PAUSE_NANOS = 1_000_000;
  private static final int MAX_FULL = 100;

  private final Address address;
  private final Deliveries deliveries;
  private final int maxPacket;
  private final ByteBuffer scratch = ByteBuffer.allocate(64);
  private @Nullable DatagramChannel channel;
  private @Nullable InetSocketAddress connected;
  private String state = "up";
  private int burst;

  UdpTransport(Address address, Deliveries deliveries, int maxPacket) {
    this.address = address;
    this.deliveries = deliveries;
    this.maxPacket = maxPacket;
  }

  @Override
  public boolean ready(long nowNanos) {
    InetSocketAddress target = address.current(nowNanos);
    if (target == null) {
      state = "down: unknown host";
      return false;
    }
    if (channel != null && target.equals(connected)) {
      return true;
    }
    try {
      open(target);
      return true;
    } catch (IOException e) {
      state = "down: " + e.getMessage();
      disconnect();
      return false;
    }
  }

  private void open(InetSocketAddress target) throws IOException {
    disconnect();
    DatagramChannel opened = DatagramChannel.open();
    channel = opened;
    opened.configureBlocking(false);
    opened.connect(target);
    connected = target;
  }

  @Override
  public boolean send(Packet packet) {
    pace();
    refused();
    if (!write(packet)) {
      return false;
    }
    packet.take(Integer.MAX_VALUE);
    if (refused()) {
      address.distrust(System.nanoTime());
      deliveries.dropped("refused", packet.recordsTaken(), packet.linesTaken());
      return false;
    }
    state = "up";
    deliveries.sent(packet.recordsTaken(), packet.linesTaken());
    return true;
  }

  private boolean write(Packet packet) {
    ByteBuffer datagram = packet.datagram();
    try {
      for (int i = 0; i < MAX_FULL; i++) {
        if (channel.write(datagram) > 0) {
          return true;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      state = "down: send buffer full";
    } catch (IOException e) {
      // e.g. network unreachable: the kernel did not take it.
      state = "down: " + e.getMessage();
      disconnect();
    }
    return false;
  }

  /** True when the kernel has heard since the last call that nobody listens. */
  private boolean refused() {
    try {
      scratch.clear();
      channel.read(scratch);
      return false;
    } catch (PortUnreachableException e) {
      state = "down: refused";
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void pace() {
    if (++burst % BURST == 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @Override
  public int maxPacket() {
    return maxPacket;
  }

  @Override
  public String state() {
    return state;
  }

  @Override
  public void close(long deadlineNanos) {
    disconnect();
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

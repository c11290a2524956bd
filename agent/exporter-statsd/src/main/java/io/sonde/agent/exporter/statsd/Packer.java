// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

/**
 * Fills packets with whole lines and sends each when the next line has no room. When sending fails,
 * the rest of the round is: counters stay pending, other lines are dropped ({@code down}).
 */
final class Packer {

  private final Transport transport;
  private final Deliveries deliveries;
  private final Packet packet;
  private boolean up;

  Packer(Transport transport, Deliveries deliveries) {
    this.transport = transport;
    this.deliveries = deliveries;
    this.packet = new Packet(transport.maxPacket());
  }

  void begin(boolean ready) {
    up = ready;
  }

  boolean isUp() {
    return up;
  }

  /** The line holds what is pending of that series. */
  void counter(Series series, LineWriter line) {
    if (line.length() > packet.limit()) {
      deliveries.dropped("too large", series.pending, 0);
      series.pending = 0;
    } else if (makeRoom(line.length())) {
      packet.add(line.bytes(), line.length(), series);
    }
  }

  /** A line, or several that belong in one packet, that was booked as taken. */
  void line(LineWriter line) {
    if (line.length() > packet.limit()) {
      deliveries.dropped("too large", 0, 1);
    } else if (makeRoom(line.length())) {
      packet.add(line.bytes(), line.length(), null);
    } else {
      deliveries.dropped("down", 0, 1);
    }
  }

  /** Sends what there is. */
  boolean flush() {
    if (up && !packet.isEmpty()) {
      up = transport.send(packet);
      long left = packet.linesLeft();
      if (left > 0) {
        deliveries.dropped("down", 0, left);
      }
    }
    packet.clear();
    return up;
  }

  private boolean makeRoom(int lineLength) {
    return up && (packet.hasRoom(lineLength) || flush());
  }
}

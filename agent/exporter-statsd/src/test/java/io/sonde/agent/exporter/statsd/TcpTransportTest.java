// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.Ledger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TcpTransportTest {

  private static final int LATE_MILLIS = 250;

  private final Ledger ledger = new Ledger();
  private final Deliveries deliveries = new Deliveries(ledger);

  /** What was written before the last look that found the connection standing is confirmed. */
  @Test
  void aThreadThatLooksLateDoesNotTakeForSentWhatAResetHasLost() throws Exception {
    try (ServerSocket statsd = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      TcpTransport transport =
          new TcpTransport(new Address("127.0.0.1", statsd.getLocalPort()), deliveries);
      assertThat(transport.ready(System.nanoTime())).isTrue();
      Socket accepted = statsd.accept();

      assertThat(transport.send(packet("a:1|g"))).isTrue();
      Thread.sleep(LATE_MILLIS);
      transport.check(System.nanoTime());
      assertThat(lines().sent()).as("it stood for long enough").isEqualTo(1);

      assertThat(transport.send(packet("b:1|g"))).isTrue();
      accepted.setSoLinger(true, 0);
      accepted.close(); // with both unread: a reset
      Thread.sleep(LATE_MILLIS);
      transport.check(System.nanoTime());

      assertThat(lines().sent()).isEqualTo(1);
      assertThat(lines().droppedByReason()).containsEntry("reset", 1L);
      transport.close(System.nanoTime());
    }
  }

  private Packet packet(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
    Packet packet = new Packet(1_432);
    packet.add(bytes, bytes.length, null);
    deliveries.linesTaken(1);
    return packet;
  }

  private Ledger.Account lines() {
    return ledger.accounts().get(1);
  }
}

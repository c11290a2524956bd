// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatsdReceiverTest {

  @Test
  void addsUpCountersAndSampledTimersAndKeepsTheLastOfAGauge() throws Exception {
    try (StatsdReceiver receiver = new StatsdReceiver()) {
      send(
          receiver,
          "a.count:2|c\na.count:3|c\na.time:10|ms|@0.5\na.time:20|ms\nb:0|g\nb:-4|g\nbad");

      assertThat(busiest(receiver, 4))
          .containsExactly("a.count c 5", "a.time ms 13.3 mean, 20.0 max", "b g -4.0");
    }
  }

  private static List<String> busiest(StatsdReceiver receiver, int lines) throws Exception {
    long deadline = System.nanoTime() + 5_000_000_000L;
    while (receiver.lines() < lines && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    return receiver.busiest().stream()
        .map(series -> series.name() + " " + series.type() + " " + series.value())
        .toList();
  }

  private static void send(StatsdReceiver receiver, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (DatagramSocket socket = new DatagramSocket()) {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      socket.send(new DatagramPacket(bytes, bytes.length, loopback, receiver.port()));
    }
  }
}

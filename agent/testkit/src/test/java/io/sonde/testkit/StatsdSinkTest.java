// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatsdSinkTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final StatsdSink sink = StatsdSink.start();

  @AfterEach
  void close() {
    sink.close();
  }

  @Test
  void addsUpWithTheRate() throws IOException {
    udp("app.requests:1|c\napp.requests:2|c|@0.1");
    udp("app.requests:4|c");

    sink.awaitCounter("app.requests", 25, LIMIT);
    assertThat(sink.packets())
        .containsExactly("app.requests:1|c\napp.requests:2|c|@0.1", "app.requests:4|c");
  }

  @Test
  void takesTcpOnTheSamePort() throws IOException {
    tcp("app.requests:1|c\napp.requests:1|c\n");

    sink.awaitCounter("app.requests", 2, LIMIT);
    assertThat(sink.connections()).isEqualTo(1);
    assertThat(sink.packets()).isEmpty();
  }

  @Test
  void failsWhenTooMuchWasCounted() throws IOException {
    udp("app.requests:3|c");
    sink.awaitCounter("app.requests", 3, LIMIT);

    assertThatThrownBy(() -> sink.awaitCounter("app.requests", 2, LIMIT))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("app.requests is 3.0, not 2.0");
  }

  @Test
  void failsWhenTooLittleCame() {
    assertThatThrownBy(() -> sink.awaitCounter("app.requests", 1, Duration.ofMillis(50)))
        .hasMessageContaining("app.requests is 0.0, not 1.0");
  }

  @Test
  void readsASignedGaugeAsAChange() throws IOException {
    tcp("app.pool:5|g\napp.pool:-2|g\napp.pool:+1|g\napp.end:1|c\n");

    sink.awaitCounter("app.end", 1, LIMIT);
    assertThat(sink.gauge("app.pool")).hasValue(4);
    assertThat(sink.gauge("app.other")).isEmpty();
  }

  @Test
  void keepsTimingsAndHowManyTheyStandFor() throws IOException {
    tcp("app.time:12|ms\napp.time:7.5|ms|@0.5\napp.end:1|c\n");

    sink.awaitCounter("app.end", 1, LIMIT);
    assertThat(sink.timer("app.time")).containsExactly(12.0, 7.5);
    assertThat(sink.timerCount("app.time")).isEqualTo(3);
  }

  @Test
  void readsTagsOfDogstatsd() throws IOException {
    udp("app.requests:1|c|@0.5|#env:prod,host:a");

    sink.awaitCounter("app.requests", 2, LIMIT);
    assertThat(sink.lines().get(0).tags()).containsExactly("env:prod", "host:a");
  }

  @Test
  void readsTheKernelsCountOfLostDatagrams() throws IOException {
    udp("app.requests:1|c");
    sink.awaitCounter("app.requests", 1, LIMIT);

    assertThat(sink.droppedByKernel()).isZero();
  }

  @Test
  void keepsBadLinesApart() throws IOException {
    tcp("no metric\na:b|c\na:1:2|ms\na:1|x\napp.end:1|c\n");

    sink.awaitCounter("app.end", 1, LIMIT);
    assertThat(sink.badLines()).containsExactly("no metric", "a:b|c", "a:1:2|ms", "a:1|x");
    assertThat(sink.names()).containsExactly("app.end");
  }

  @Test
  void comesBackOnItsPort() throws IOException {
    int port = sink.port();
    tcp("app.requests:1|c\n");
    sink.awaitCounter("app.requests", 1, LIMIT);
    sink.close();

    try (StatsdSink again = StatsdSink.startOn(port)) {
      udp("app.requests:1|c");
      again.awaitCounter("app.requests", 1, LIMIT);
    }
  }

  private void udp(String packet) throws IOException {
    byte[] bytes = packet.getBytes(StandardCharsets.UTF_8);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(
          new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), sink.port()));
    }
  }

  private void tcp(String lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sink.port())) {
      socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
    }
  }
}

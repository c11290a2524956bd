// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JsonLinesSinkTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final JsonLinesSink sink = JsonLinesSink.start();

  @AfterEach
  void close() {
    sink.close();
  }

  @Test
  void waitsForTheEventThatFits() throws IOException {
    send("{\"message\":\"größer\"}\n{\"message\":\"b\",\"n\":2}\n");

    JsonNode event = sink.awaitLine(line -> line.path("n").asInt() == 2, LIMIT);

    assertThat(event.path("message").asText()).isEqualTo("b");
    assertThat(sink.events().get(0).path("message").asText()).isEqualTo("größer");
  }

  @Test
  void failsOnALineThatIsNoJson() throws IOException {
    send("{\"message\":\"a\"} trailing\n");

    assertThatThrownBy(() -> sink.awaitLine(line -> true, LIMIT))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("not JSON: {\"message\":\"a\"} trailing");
  }

  @Test
  void failsOnAKeyGivenTwice() throws IOException {
    send("{\"message\":\"a\",\"message\":\"b\"}\n");

    assertThatThrownBy(() -> sink.awaitLine(line -> true, LIMIT)).hasMessageContaining("not JSON");
  }

  @Test
  void takesNothingForALineBeforeItsNewline() throws IOException {
    send("{\"n\":1}\n{\"n\":2}");

    Eventually.passes(LIMIT, () -> assertThat(sink.unfinished()).containsExactly("{\"n\":2}"));
    assertThat(sink.lines()).containsExactly("{\"n\":1}");
  }

  @Test
  void listsWhatCameWhenNothingFits() throws IOException {
    send("{\"message\":\"other\"}\n");
    sink.awaitLine(line -> true, LIMIT);

    assertThatThrownBy(() -> sink.awaitLine(line -> false, Duration.ofMillis(50)))
        .hasMessageContaining("other");
  }

  @Test
  void cutsConnectionsAndTakesNewOnes() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sink.port())) {
      socket.getOutputStream().write("{\"n\":1}\n".getBytes(StandardCharsets.UTF_8));
      sink.awaitLine(line -> line.path("n").asInt() == 1, LIMIT);

      sink.dropConnections();

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    send("{\"n\":2}\n");
    sink.awaitLine(line -> line.path("n").asInt() == 2, LIMIT);
    assertThat(sink.connections()).isEqualTo(2);
  }

  private void send(String lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sink.port())) {
      socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
    }
  }
}

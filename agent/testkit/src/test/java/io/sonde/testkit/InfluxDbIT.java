// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InfluxDbIT {

  @Test
  void takesALineOfGraphitesAndAnswers() throws IOException {
    String input =
        """
        [[graphite]]
        enabled = true
        bind-address = "127.0.0.1:2003"
        database = "fruit"
        batch-size = 1
        templates = ["color.measurement"]
        """;
    try (InfluxDb influx = InfluxDb.start(input);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), influx.graphitePort())) {
      long now = System.currentTimeMillis() / 1_000;
      socket
          .getOutputStream()
          .write(("red.apples 7 " + now + "\n").getBytes(StandardCharsets.US_ASCII));

      String query = "SELECT value FROM apples WHERE color = 'red'";
      Eventually.that(Duration.ofSeconds(20), () -> !influx.query("fruit", query).isEmpty());
      assertThat(influx.query("fruit", query).path(0).path("values").path(0).path(1).asInt())
          .isEqualTo(7);
      assertThatThrownBy(() -> influx.query("fruit", "SELEC"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("SELEC");
    }
  }
}

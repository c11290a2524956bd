// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ZipkinIT {

  private static Zipkin zipkin;

  @BeforeAll
  static void start() {
    zipkin = Zipkin.start();
  }

  @AfterAll
  static void stop() {
    zipkin.close();
  }

  @Test
  void givesBackWhatItWasSent() {
    String traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    long micros = System.currentTimeMillis() * 1000;
    String spans =
        """
        [{"traceId": "%s", "id": "00f067aa0ba902b7", "kind": "SERVER", "name": "get /users/{id}",
          "timestamp": %d, "duration": 1200, "localEndpoint": {"serviceName": "orders"}}]
        """
            .formatted(traceId, micros);

    Http.Response taken =
        Http.send("POST", zipkin.endpoint(), spans, "Content-Type", "application/json");

    assertThat(taken.status()).isEqualTo(202);
    JsonNode trace = zipkin.awaitTrace(traceId, 1, Duration.ofSeconds(5));
    assertThat(trace.path(0).path("name").asText()).isEqualTo("get /users/{id}");
    assertThat(zipkin.awaitTraces("orders", 1, Duration.ofSeconds(5)).path(0)).isEqualTo(trace);
  }

  @Test
  void refusesWhatIsNoSpan() {
    Http.Response refused =
        Http.send(
            "POST",
            zipkin.endpoint(),
            "[{\"traceId\": \"zz\", \"id\": \"1\"}]",
            "Content-Type",
            "application/json");

    assertThat(refused.status()).isEqualTo(400);
  }

  @Test
  void tellsOfATraceThatIsNotThere() {
    assertThat(zipkin.trace("00000000000000ff")).isEmpty();
    assertThatThrownBy(() -> zipkin.awaitTrace("00000000000000ff", 1, Duration.ofMillis(50)))
        .hasMessageContaining("0 spans instead of 1");
  }
}

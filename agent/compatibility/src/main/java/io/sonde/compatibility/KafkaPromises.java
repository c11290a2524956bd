// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import static io.sonde.compatibility.BrokenPromise.unlessSoon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Asked of Kafka's client. Its scenario gets the port of a real broker as second argument and has a
 * producer, {@code orders-out}, and a consumer, {@code orders-in}, which polls what {@code /ping}
 * has sent before that answers {@code PONG}.
 */
final class KafkaPromises {

  private final ObservedApp app;

  private KafkaPromises(ObservedApp app) {
    this.app = app;
  }

  static void keep(ObservedApp app) {
    KafkaPromises promises = new KafkaPromises(app);
    unlessSoon("the application sends and polls a record", promises::pings);
    unlessSoon("/health shows the producer and its last success", promises::showsProducer);
    unlessSoon("/health shows the consumer and its last poll", promises::showsConsumer);
  }

  private void pings() {
    assertThat(app.get("/ping").body()).isEqualTo("PONG");
  }

  private void showsProducer() {
    JsonNode check = connected("orders-out");

    assertThat(check.path("lastSuccess").asText()).isNotEmpty();
  }

  private void showsConsumer() {
    JsonNode check = connected("orders-in");

    assertThat(check.path("lastPoll").asInt(-1)).isNotNegative();
    assertThat(check.path("maxPollInterval").asInt()).isEqualTo(300);
  }

  private JsonNode connected(String client) {
    JsonNode check = app.connections(client);

    assertThat(check.path("status").asText()).isEqualTo("pass");
    assertThat(check.path("state").asText()).isEqualTo("CONNECTED");
    assertThat(check.path("open").asInt()).isPositive();
    return check;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.agent.instrumentation.contract.ObservedStores;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Store;
import io.sonde.testkit.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker in this JVM. */
class KafkaInstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new KafkaInstrumentation())
          .stores(
              kind ->
                  ObservedStores.reader(
                      (client, detail) -> KafkaReader.name(client),
                      (client, detail) ->
                          kind.equals(KafkaInstrumentation.PRODUCER)
                              ? KafkaReader.producer(client)
                              : KafkaReader.consumer(client, detail)));

  @TempDir static Path logs;

  private static KafkaBroker broker;

  private final ObservedStores stores = new ObservedStores(sonde.stores());

  @BeforeAll
  static void start() {
    broker = new KafkaBroker(logs);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @AfterEach
  void allIsForgotten() {
    assertThat(sonde.stores().stores()).as("after they were closed").isEmpty();
  }

  @Test
  void followsABrokerThatGoesAwayAndComesBack() throws Exception {
    try (KafkaProducer<String, String> producer = producer();
        KafkaConsumer<String, String> consumer = consumer(300_000)) {
      send(producer);
      Store sent = stores.await("orders-out", "has sent", s -> s.lastSuccessMillis() > 0);
      assertThat(sent.kind()).isEqualTo("kafka-producer");
      assertThat(sent.read()).containsEntry("state", "CONNECTED");
      assertThat((Long) sent.read().get("open")).isPositive();
      poll(consumer);
      Store polled = stores.named("orders-in");
      assertThat(polled.read())
          .containsEntry("state", "CONNECTED")
          .containsEntry("lastPoll", 0L)
          .containsEntry("maxPollInterval", 300L)
          .doesNotContainKey("late");

      broker.stop();
      assertThatThrownBy(() -> send(producer)).isInstanceOf(ExecutionException.class);
      stores.await("orders-out", "is down", s -> "DISCONNECTED".equals(s.read().get("state")));
      assertThat(stores.failing("orders-out")).isTrue();
      assertThat(stores.named("orders-out").lastFailure()).startsWith("TimeoutException");
      consumer.poll(Duration.ofMillis(500));
      stores.await("orders-in", "is down", s -> "DISCONNECTED".equals(s.read().get("state")));

      broker.restart();
      send(producer);
      // The future is completed a moment before the batch is.
      stores.await("orders-out", "has sent", s -> !stores.failing("orders-out"));
      assertThat(stores.named("orders-out").read()).containsEntry("state", "CONNECTED");
      consumer.poll(Duration.ofSeconds(1));
      stores.await("orders-in", "is back", s -> "CONNECTED".equals(s.read().get("state")));
    }
  }

  @Test
  void tellsAConsumerThatDoesNotPollInTime() throws Exception {
    try (KafkaProducer<String, String> producer = producer();
        KafkaConsumer<String, String> consumer = consumer(1_000)) {
      send(producer);
      poll(consumer);

      Store late =
          stores.await("orders-in", "is late", s -> Boolean.TRUE.equals(s.read().get("late")));

      assertThat((Long) late.read().get("lastPoll")).isBetween(1L, 5L);
    }
  }

  @Test
  void readsNothingFromAnotherObject() {
    assertThat(KafkaReader.name(new Object())).isNull();
    assertThat(KafkaReader.producer(new Object())).isEmpty();
    assertThat(KafkaReader.consumer(new Object(), 1_000)).doesNotContainKey("state");
  }

  private static void send(KafkaProducer<String, String> producer) throws Exception {
    producer.send(new ProducerRecord<>("orders", "one")).get(20, TimeUnit.SECONDS);
  }

  private static void poll(KafkaConsumer<String, String> consumer) {
    consumer.subscribe(List.of("orders"));
    SondeExtension.await("a record", () -> !consumer.poll(Duration.ofMillis(200)).isEmpty());
    SondeExtension.await(
        "a heartbeat",
        () -> {
          consumer.poll(Duration.ofMillis(50));
          return KafkaReader.consumer(consumer, 1_000).containsKey("lastHeartbeat");
        });
  }

  private static KafkaProducer<String, String> producer() {
    Map<String, Object> settings = common("orders-out");
    settings.put("request.timeout.ms", 500);
    settings.put("delivery.timeout.ms", 3_000);
    settings.put("max.block.ms", 8_000);
    settings.put("linger.ms", 0);
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  private static KafkaConsumer<String, String> consumer(int maxPollMillis) {
    Map<String, Object> settings = common("orders-in");
    settings.put("group.id", "shop-" + maxPollMillis);
    settings.put("auto.offset.reset", "earliest");
    settings.put("max.poll.interval.ms", maxPollMillis);
    settings.put("heartbeat.interval.ms", 200);
    return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
  }

  private static Map<String, Object> common(String clientId) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", broker.address());
    settings.put("client.id", clientId);
    settings.put("reconnect.backoff.max.ms", 200);
    return settings;
  }
}

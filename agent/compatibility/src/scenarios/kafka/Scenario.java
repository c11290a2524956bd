// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A producer, {@code orders-out}, and a consumer, {@code orders-in}. */
public final class Scenario {

  /** Of this JVM: others use the same broker. */
  private static final String TOPIC = "orders-" + System.nanoTime();

  private static KafkaProducer<String, String> producer;
  private static KafkaConsumer<String, String> consumer;

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    producer =
        new KafkaProducer<>(
            settings("orders-out", args[1]), new StringSerializer(), new StringSerializer());
    consumer =
        new KafkaConsumer<>(
            settings("orders-in", args[1]), new StringDeserializer(), new StringDeserializer());
    new Front().on("/ping", query -> ping()).start();
  }

  /** Sends a record and waits until it comes back. */
  private static synchronized String ping() throws Exception {
    producer.send(new ProducerRecord<>(TOPIC, "ping")).get(10, TimeUnit.SECONDS);
    consumer.subscribe(Collections.singleton(TOPIC));
    while (consumer.poll(Duration.ofMillis(100)).isEmpty()) {
      Thread.yield();
    }
    return "PONG";
  }

  private static Properties settings(String client, String port) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", "127.0.0.1:" + port);
    settings.put("client.id", client);
    if (client.equals("orders-in")) {
      settings.put("group.id", TOPIC);
      settings.put("auto.offset.reset", "earliest");
    }
    return settings;
  }
}

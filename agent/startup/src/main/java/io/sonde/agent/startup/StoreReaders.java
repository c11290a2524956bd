// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.instrumentation.jedis.JedisInstrumentation;
import io.sonde.agent.instrumentation.jedis.JedisReader;
import io.sonde.agent.instrumentation.kafka.KafkaInstrumentation;
import io.sonde.agent.instrumentation.kafka.KafkaReader;
import io.sonde.agent.instrumentation.lettuce.LettuceInstrumentation;
import io.sonde.agent.instrumentation.lettuce.LettuceReader;
import io.sonde.agent.instrumentation.mongodb.MongoInstrumentation;
import io.sonde.agent.instrumentation.mongodb.MongoReader;
import io.sonde.agent.recording.Store;
import io.sonde.agent.recording.StoreTable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How each kind of data store's client is read. */
final class StoreReaders {

  /** Connections to one address are one store: how many there are is Lettuce's affair. */
  private static final StoreTable.Reader LETTUCE =
      new StoreTable.Reader() {
        @Override
        public String name(Object endpoint, @Nullable Object address) {
          return address == null
              ? LettuceInstrumentation.KIND
              : LettuceInstrumentation.KIND + '-' + Store.addressText(address);
        }

        @Override
        public Map<String, Object> read(Object endpoint, @Nullable Object address) {
          return LettuceReader.read(endpoint);
        }

        @Override
        public boolean grouped() {
          return true;
        }
      };

  private static final StoreTable.Reader JEDIS =
      new StoreTable.Reader() {
        @Override
        public @Nullable String name(Object pool, @Nullable Object detail) {
          return JedisReader.name(pool);
        }

        @Override
        public Map<String, Object> read(Object pool, @Nullable Object detail) {
          return JedisReader.read(pool);
        }
      };

  private static final StoreTable.Reader MONGO =
      new StoreTable.Reader() {
        @Override
        public String name(Object pool, @Nullable Object detail) {
          return MongoReader.name(pool);
        }

        @Override
        public Map<String, Object> read(Object pool, @Nullable Object detail) {
          return MongoReader.read(pool);
        }
      };

  private static final StoreTable.Reader PRODUCER =
      new StoreTable.Reader() {
        @Override
        public @Nullable String name(Object producer, @Nullable Object detail) {
          return KafkaReader.name(producer);
        }

        @Override
        public Map<String, Object> read(Object producer, @Nullable Object detail) {
          return KafkaReader.producer(producer);
        }
      };

  private static final StoreTable.Reader CONSUMER =
      new StoreTable.Reader() {
        @Override
        public @Nullable String name(Object consumer, @Nullable Object maxPollMillis) {
          return KafkaReader.name(consumer);
        }

        @Override
        public Map<String, Object> read(Object consumer, @Nullable Object maxPollMillis) {
          return KafkaReader.consumer(consumer, maxPollMillis);
        }
      };

  private StoreReaders() {}

  /** Null for a kind that this version does not know. */
  static StoreTable.@Nullable Reader of(String kind) {
    switch (kind) {
      case LettuceInstrumentation.KIND:
        return LETTUCE;
      case JedisInstrumentation.KIND:
        return JEDIS;
      case MongoInstrumentation.KIND:
        return MONGO;
      case KafkaInstrumentation.PRODUCER:
        return PRODUCER;
      case KafkaInstrumentation.CONSUMER:
        return CONSUMER;
      default:
        return null;
    }
  }
}

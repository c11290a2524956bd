// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import io.sonde.testkit.FakeMongo;
import io.sonde.testkit.KafkaBroker;
import io.sonde.testkit.Redis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * The servers that clients of stores need: one of each for all trials, started for the first one.
 * No trial leaves anything in them that another would see.
 */
final class Backends implements AutoCloseable {

  private @Nullable Redis redis;
  private @Nullable FakeMongo mongo;
  private @Nullable KafkaBroker kafka;

  /** 0 where the kind needs none. */
  synchronized int port(Kind kind) {
    return switch (kind) {
      case REDIS -> redis().port();
      case MONGODB -> mongo().port();
      case KAFKA -> kafka().port();
      default -> 0;
    };
  }

  @Override
  public synchronized void close() {
    if (redis != null) {
      redis.close();
    }
    if (mongo != null) {
      mongo.close();
    }
    if (kafka != null) {
      kafka.close();
    }
  }

  private Redis redis() {
    if (redis == null) {
      redis = Redis.start();
    }
    return redis;
  }

  private FakeMongo mongo() {
    if (mongo == null) {
      mongo = new FakeMongo();
    }
    return mongo;
  }

  private KafkaBroker kafka() {
    if (kafka == null) {
      try {
        kafka = new KafkaBroker(Files.createTempDirectory(Places.target(), "kafka"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return kafka;
  }
}

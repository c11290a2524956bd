// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.lettuce;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.sonde.agent.instrumentation.contract.ObservedStores;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Store;
import io.sonde.testkit.Redis;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a real Redis. */
class LettuceInstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new LettuceInstrumentation())
          .stores(
              kind ->
                  ObservedStores.reader(
                      (endpoint, address) -> "cache",
                      (endpoint, address) -> LettuceReader.read(endpoint)));

  private static Redis redis;
  private static ClientResources resources;
  private static RedisClient client;

  private final ObservedStores stores = new ObservedStores(sonde.stores());

  @BeforeAll
  static void start() {
    redis = Redis.start();
    resources =
        ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(Delay.constant(Duration.ofMillis(100)))
            .build();
    client = RedisClient.create(resources, "redis://127.0.0.1:" + redis.port());
  }

  @AfterAll
  static void stop() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    resources.shutdown(0, 1, java.util.concurrent.TimeUnit.SECONDS).awaitUninterruptibly();
    redis.close();
  }

  @AfterEach
  void allIsForgotten() {
    assertThat(sonde.stores().stores()).as("after they were closed").isEmpty();
  }

  @Test
  void showsAConnectionThatIsOpen() {
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      assertThat(connection.sync().set("key", "value")).isEqualTo("OK");

      Store store = stores.await("cache", "has answered", s -> s.lastSuccessMillis() > 0);
      assertThat(store.kind()).isEqualTo("lettuce");
      assertThat(store.read())
          .containsEntry("state", "CONNECTED")
          .containsEntry("open", 1)
          .containsEntry("total", 1);
      assertThat(store.lastFailure()).isNull();
      assertThat(store.lastSuccessMillis()).isPositive();
    }
  }

  @Test
  void followsAServerThatGoesAwayAndComesBack() {
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      assertThat(connection.sync().ping()).isEqualTo("PONG");

      redis.stop();
      Store store = stores.await("cache", "says why", s -> s.lastFailure() != null);
      assertThat(store.read()).containsEntry("state", "RECONNECTING").containsEntry("open", 0);
      assertThat(store.lastFailure()).contains("Connection refused");
      assertThat(stores.failing("cache")).isTrue();

      redis.restart();
      stores.await("cache", "is back", s -> "CONNECTED".equals(s.read().get("state")));
      assertThat(connection.sync().ping()).isEqualTo("PONG");
      stores.await("cache", "has answered", s -> !stores.failing("cache"));
    }
  }

  @Test
  void namesTheAddressOfAConnection() {
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      assertThat(connection.isOpen()).isTrue();

      assertThat(Store.addressText(java.net.InetSocketAddress.createUnresolved("cache", 6379)))
          .isEqualTo("cache:6379");
      assertThat(stores.named("cache")).isNotNull();
    }
  }

  @Test
  void readsNothingFromAnotherObject() {
    Map<String, Object> facts = LettuceReader.read(new Object());

    assertThat(facts).containsEntry("open", 0).doesNotContainKey("pending");
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sonde.agent.instrumentation.contract.ObservedStores;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.PoolUse;
import io.sonde.agent.recording.Store;
import io.sonde.testkit.Redis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;
import redis.clients.jedis.exceptions.JedisException;

/** Against a real Redis. */
class JedisInstrumentationTest {

  private static final long TIMEOUT_MILLIS = 200;

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new JedisInstrumentation())
          .stores(
              kind ->
                  ObservedStores.reader(
                      (pool, detail) -> JedisReader.name(pool),
                      (pool, detail) -> JedisReader.read(pool)));

  private static Redis redis;

  private final ObservedStores stores = new ObservedStores(sonde.stores());
  private String name;
  private JedisPool pool;

  @BeforeAll
  static void start() {
    redis = Redis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void open() {
    JedisPoolConfig config = new JedisPoolConfig();
    config.setMaxTotal(2);
    config.setMaxWait(Duration.ofMillis(TIMEOUT_MILLIS));
    config.setJmxEnabled(false);
    pool = new JedisPool(config, "127.0.0.1", redis.port());
    name = "jedis-127.0.0.1:" + redis.port();
  }

  @AfterEach
  void close() {
    pool.close();
    assertThat(sonde.stores().stores()).as("after they were closed").isEmpty();
  }

  @Test
  void readsAPoolWithoutBorrowing() throws Exception {
    try (Jedis one = pool.getResource()) {
      assertThat(one.ping()).isEqualTo("PONG");
      try (Jedis two = pool.getResource()) {
        assertThat(two.ping()).isEqualTo("PONG");
        Thread waits = new Thread(() -> assertThatThrownBy(pool::getResource));
        waits.start();
        Store store =
            stores.await(
                name, "a thread waits", s -> Integer.valueOf(1).equals(s.read().get("waiting")));

        assertThat(store.read())
            .containsEntry("active", 2)
            .containsEntry("idle", 0)
            .containsEntry("max", 2);
        assertThat(store.asking()).isEqualTo(1);
        waits.join();
      }
    }
    Store store = stores.named(name);
    assertThat(store.read()).containsEntry("active", 0).containsEntry("idle", 2);
    assertThat(store.asking()).isZero();
  }

  @Test
  void knowsWhoHoldsAConnectionUntilItIsBack() {
    assertThat(holders()).isEmpty();
    try (Jedis jedis = pool.getResource()) {
      assertThat(holders())
          .extracting(PoolUse::threadName)
          .containsExactly(Thread.currentThread().getName());
      assertThat(jedis.ping()).isEqualTo("PONG");
    }
    assertThat(holders()).isEmpty();
  }

  @Test
  void aBrokenConnectionIsHeldByNobody() {
    Jedis jedis = pool.getResource();
    assertThat(jedis.ping()).isEqualTo("PONG");
    redis.stop();
    assertThatThrownBy(jedis::ping).isInstanceOf(JedisException.class);
    assertThat(holders()).hasSize(1);

    catchThrowable(jedis::close); // some versions complain that nobody is there to say QUIT to

    assertThat(holders()).isEmpty();
    redis.restart();
  }

  @Test
  void countsTheTimeoutOfAnExhaustedPool() {
    try (Jedis one = pool.getResource();
        Jedis two = pool.getResource()) {
      assertThat(one).isNotSameAs(two);
      assertThatThrownBy(pool::getResource).isInstanceOf(JedisException.class);
    }

    assertThat(sonde.nextPoolUse().timedOut()).isFalse();
    assertThat(sonde.nextPoolUse().timedOut()).isFalse();
    PoolUse refused = sonde.nextPoolUse();
    assertThat(refused.pool()).isEqualTo(name);
    assertThat(refused.timedOut()).isTrue();
    assertThat(refused.waitedNanos())
        .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS * 9 / 10));
  }

  @Test
  void followsAServerThatGoesAwayAndComesBack() {
    assertThatPings();
    assertThat(stores.named(name).lastSuccessMillis()).isPositive();

    redis.stop();
    assertThatThrownBy(this::assertThatPings).isInstanceOf(JedisException.class);
    assertThatThrownBy(this::assertThatPings).isInstanceOf(JedisException.class);
    assertThat(stores.failing(name)).isTrue();
    assertThat(stores.named(name).lastFailure()).startsWith("Jedis").contains("Connect");

    redis.restart();
    assertThatPings();
    assertThat(stores.failing(name)).isFalse();
  }

  @Test
  void namesASecondPoolToTheSameServerApart() {
    try (JedisPool other = new JedisPool("127.0.0.1", redis.port())) {
      assertThat(stores.named(name)).isNotNull();
      assertThat(stores.named(name + "-2")).isNotNull();
      assertThat(other.getNumActive()).isZero();
    }
  }

  @Test
  void readsNothingFromAnotherObject() {
    assertThat(JedisReader.name(new Object())).isNull();
    assertThat(JedisReader.read(new Object())).isEmpty();
  }

  private List<PoolUse> holders() {
    return sonde.stores().holders().of(stores.named(name), 0);
  }

  private void assertThatPings() {
    try (Jedis jedis = pool.getResource()) {
      assertThat(jedis.ping()).isEqualTo("PONG");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.Http;
import io.sonde.testkit.Jdk;
import io.sonde.testkit.Redis;
import org.junit.jupiter.api.Test;

/** Lettuce and Jedis in one application, with a real Redis that goes away and comes back. */
class StoresIT {

  @Test
  void showsARedisThatGoesAwayAndComesBack() {
    try (Redis redis = Redis.start();
        ObservedService shop = ObservedService.start(Apps.stores(Jdk.of(17), redis.port()))) {
      String lettuce = "lettuce-127.0.0.1:" + redis.port();
      String jedis = "jedis-127.0.0.1:" + redis.port();
      assertThat(shop.get("/lettuce").body()).isEqualTo("PONG");
      assertThat(shop.get("/jedis").body()).isEqualTo("PONG");

      Eventually.passes(
          LIMIT,
          () -> {
            assertThat(shop.check(lettuce + ":connections").path("lastSuccess").asText())
                .isNotEmpty();
            assertThat(shop.check(jedis + ":connections").path("lastSuccess").asText())
                .isNotEmpty();
          });
      JsonNode connection = shop.check(lettuce + ":connections");
      assertThat(connection.path("status").asText()).isEqualTo("pass");
      assertThat(connection.path("state").asText()).isEqualTo("CONNECTED");
      assertThat(connection.path("open").asInt()).isEqualTo(1);
      JsonNode pool = shop.check(jedis + ":connections");
      assertThat(pool.path("status").asText()).isEqualTo("pass");
      assertThat(pool.path("active").asInt()).isZero();
      assertThat(pool.path("idle").asInt()).isEqualTo(1);
      assertThat(pool.path("max").asInt()).isEqualTo(2);
      assertThat(pool.path("waiting").asInt()).isZero();
      Eventually.that(
          LIMIT,
          () ->
              shop.statsd().names().stream()
                  .anyMatch(name -> name.matches("sonde.*\\.pool\\.jedis-127_0_0_1_.*\\.max")));
      Eventually.that(
          LIMIT,
          () ->
              shop.statsd().names().stream()
                  .anyMatch(name -> name.matches("sonde.*\\.pool\\.jedis-127_0_0_1_.*\\.acquire")));
      assertThat(pool.path("leakSuspects").asInt(-1)).isZero();

      redis.stop();
      Eventually.passes(
          LIMIT,
          () -> {
            assertThat(shop.get("/lettuce").status()).isEqualTo(503);
            assertThat(shop.get("/jedis").status()).isEqualTo(503);
            assertWarns(shop.check(lettuce + ":connections"));
            assertWarns(shop.check(jedis + ":connections"));
          });
      assertThat(shop.check(lettuce + ":connections").path("state").asText())
          .isEqualTo("RECONNECTING");
      assertThat(Http.get(shop.healthUrl()).status()).as("soft").isEqualTo(200);
      assertThat(Http.get(shop.healthUrl() + "/ready").status()).isEqualTo(200);

      redis.restart();
      Eventually.passes(
          LIMIT,
          () -> {
            assertThat(shop.get("/lettuce").body()).isEqualTo("PONG");
            assertThat(shop.get("/jedis").body()).isEqualTo("PONG");
            assertThat(shop.check(lettuce + ":connections").path("state").asText())
                .isEqualTo("CONNECTED");
          });
      assertThat(shop.status().path("self").path("adviceFailures").asLong()).isZero();
    }
  }

  private static void assertWarns(JsonNode check) {
    assertThat(check.path("status").asText()).isEqualTo("warn");
    assertThat(check.path("output").asText()).contains("last failure");
    assertThat(check.path("failure").asText()).contains("Connect");
    assertThat(check.path("lastFailure").asText()).isNotEmpty();
  }
}

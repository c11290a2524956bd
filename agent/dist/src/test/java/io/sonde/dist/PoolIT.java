// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static io.sonde.dist.ObservedService.metric;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.Http;
import io.sonde.testkit.Jdk;
import io.sonde.testkit.Postgres;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** HikariCP with two connections to a real PostgreSQL. */
class PoolIT {

  private static final String CHECK = "orders-db:connections";

  @Test
  void showsAPoolThatIsExhausted() {
    try (Postgres postgres = Postgres.start();
        ObservedService shop = ObservedService.start(Apps.pool(Jdk.of(17), postgres.jdbcUrl()))) {
      assertThat(shop.get("/query?0").body()).isEqualTo("done");
      Eventually.passes(
          LIMIT, () -> assertThat(shop.check(CHECK).path("lastSuccess").asText()).isNotEmpty());
      JsonNode quiet = shop.check(CHECK);
      assertThat(quiet.path("status").asText()).isEqualTo("pass");
      assertThat(quiet.path("active").asInt()).isZero();
      assertThat(quiet.path("idle").asInt()).isPositive();
      assertThat(quiet.path("max").asInt()).isEqualTo(2);
      assertThat(quiet.path("waiting").asInt()).isZero();
      assertThat(shop.statsd().awaitGauge(metric("pool.orders-db.max"), LIMIT)).isEqualTo(2);

      CompletableFuture<?> one = query(shop, "3");
      CompletableFuture<?> two = query(shop, "3");
      Eventually.that(
          LIMIT, () -> shop.statsd().gauge(metric("pool.orders-db.active")).orElse(0) == 2);
      assertThat(shop.get("/query?0").status()).isEqualTo(503);

      shop.awaitCounter("pool.orders-db.timeouts", 1);
      Eventually.passes(
          LIMIT, () -> assertThat(shop.check(CHECK).path("timeouts").asLong()).isEqualTo(1));
      CompletableFuture.allOf(one, two).join();
      assertThat(shop.statsd().timer(metric("pool.orders-db.acquire")))
          .anyMatch(millis -> millis >= 400);
      assertThat(Http.get(shop.healthUrl() + "/pool/orders-db").status()).isEqualTo(200);
      assertThat(shop.status().path("self").path("adviceFailures").asLong()).isZero();
    }
  }

  private static CompletableFuture<?> query(ObservedService shop, String seconds) {
    return CompletableFuture.runAsync(() -> shop.get("/query?" + seconds));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.testkit.Eventually;
import io.sonde.testkit.Http;
import io.sonde.testkit.Jdk;
import org.junit.jupiter.api.Test;

/** An application with the health library on its own class path, and the agent beside it. */
class ApplicationChecksIT {

  @Test
  void servesTheApplicationsChecksAndItsServersSockets() {
    try (ObservedService shop = ObservedService.start(Apps.checks(Jdk.of(17)))) {
      String queue = shop.healthUrl() + "/orders:queue";
      Eventually.passes(LIMIT, () -> assertThat(Http.get(queue).status()).isEqualTo(200));
      assertThat(shop.check("orders:queue").path("observedUnit").asText()).isEqualTo("jobs");

      shop.get("/queue?12");
      Eventually.passes(LIMIT, () -> assertThat(Http.get(queue).status()).isEqualTo(503));
      assertThat(shop.health().path("output").asText()).isEqualTo("orders:queue: 12 jobs wait");
      assertThat(Http.get(shop.healthUrl() + "/live").status()).isEqualTo(200);
      assertThat(shop.check("http.server:connections").path("maxThreads").asInt()).isEqualTo(4);
      assertThat(shop.check("http.server:connections").path("openSockets").asInt()).isPositive();
      assertThat(
              shop.statsd()
                  .awaitGauge(
                      ObservedService.metric("http.server.all.all.all.open_sockets"), LIMIT))
          .isPositive();

      shop.get("/unregister");
      Eventually.passes(LIMIT, () -> assertThat(Http.get(queue).status()).isEqualTo(404));
      shop.get("/hang");
      Eventually.passes(
          LIMIT,
          () ->
              assertThat(shop.check("hangs").path("output").asText())
                  .startsWith("has not answered for"));
      assertThat(shop.status().path("self").path("adviceFailures").asLong()).isZero();
    }
  }
}

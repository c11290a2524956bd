// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.Http;
import io.sonde.testkit.Jdk;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stuck handlers complete nothing: no average shows them, and silence is not health. */
class StuckRequestsIT {

  private static final int STUCK = 50;

  @Test
  void fiftyStuckRequestsAndSilenceAreNotHealthy() {
    try (ObservedService shop = ObservedService.start(Apps.plain(Jdk.of(17)))) {
      assertThat(Http.get(shop.healthUrl() + "?warn=429").status()).isEqualTo(200);
      List<CompletableFuture<?>> calls = callStuck(shop);

      Eventually.passes(
          Duration.ofSeconds(15),
          () -> assertThat(shop.health().path("status").asText()).isEqualTo("warn"));

      JsonNode connections = shop.check("http.server:connections");
      assertThat(connections.path("status").asText()).isEqualTo("warn");
      assertThat(connections.path("observedValue").asInt()).isEqualTo(STUCK);
      assertThat(connections.path("oldest").asLong()).isGreaterThan(5_000);
      assertThat(connections.path("output").asText()).contains("GET /stuck").contains("s old");
      String active = ObservedService.metric("http.server.all.all.all.active");
      Eventually.passes(
          Duration.ofSeconds(15), () -> assertThat(shop.statsd().gauge(active)).hasValue(STUCK));
      assertTellsWhoAsks(shop.healthUrl());

      shop.get("/release");
      CompletableFuture.allOf(calls.toArray(new CompletableFuture<?>[0])).join();
      shop.awaitCounter("http.server.stuck.GET.2xx.count", STUCK);
      Eventually.passes(
          Duration.ofSeconds(30),
          () ->
              assertThat(shop.check("http.server:connections").path("observedValue").asInt())
                  .isZero());
    }
  }

  private static void assertTellsWhoAsks(String health) {
    assertThat(Http.get(health).status()).isEqualTo(200);
    assertThat(Http.get(health + "?warn=429").status()).isEqualTo(429);
    assertThat(Http.get(health, "User-Agent", "Consul Health Check").status()).isEqualTo(429);
    assertThat(Http.get(health + "/live").status()).isEqualTo(200);
    assertThat(Http.get(health + "?service=another").status()).isEqualTo(503);
    assertThat(Http.get(health + "?service=shop").status()).isEqualTo(200);
    Http.Response brief = Http.get(health + "?view=brief");
    assertThat(brief.body()).hasSizeLessThanOrEqualTo(512).contains("\"warn\"");
  }

  private static List<CompletableFuture<?>> callStuck(ObservedService shop) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request = HttpRequest.newBuilder(URI.create(shop.url() + "/stuck")).build();
    return IntStream.range(0, STUCK)
        .<CompletableFuture<?>>mapToObj(i -> client.sendAsync(request, BodyHandlers.ofString()))
        .toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.AgentProcess;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.Http;
import io.sonde.testkit.Jdk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Stuck handlers complete nothing: no average shows them, and silence is not health. */
@Execution(ExecutionMode.CONCURRENT)
class StuckRequestsIT {

  private static final int STUCK = 50;
  private static final int THREADS = 4;
  private static final String CONNECTIONS = "sonde.health.http_server_connections-372521";

  @TempDir Path folder;

  /** The threshold is another at first, and changed while it runs. */
  @Test
  void fiftyStuckRequestsAndSilenceAreNotHealthy() throws IOException {
    Path config = folder.resolve("sonde.properties");
    Files.writeString(config, "health.stuck.requests=1000");
    try (ObservedService shop = ObservedService.start(Apps.plain(Jdk.of(17)), "config=" + config)) {
      assertThat(Http.get(shop.healthUrl() + "?warn=429").status()).isEqualTo(200);
      List<CompletableFuture<?>> calls = call(shop, "/stuck", STUCK);
      Files.writeString(config, "health.stuck.requests=10");
      shop.process().awaitStderr("health.stuck.requests: 1000, now 10", LIMIT);

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
      assertTellsTheChange(shop, "pass", "warn");

      shop.get("/release");
      CompletableFuture.allOf(calls.toArray(new CompletableFuture<?>[0])).join();
      shop.awaitCounter("http.server.stuck.GET.2xx.count", STUCK);
      JsonNode routes = shop.status().path("routes");
      assertThat(routes.path("told").asInt() + routes.path("learned").asInt()).isEqualTo(2);
      assertThat(routes.path("max").asInt()).isEqualTo(200);
      assertThat(routes.path("collapsed").isArray()).isTrue();
      Eventually.passes(
          Duration.ofSeconds(30),
          () ->
              assertThat(shop.check("http.server:connections").path("observedValue").asInt())
                  .isZero());
      assertTellsTheChange(shop, "warn", "pass");
    }
  }

  /** Tomcat with 4 threads, at the thresholds that nobody has set. */
  @Test
  void allServerThreadsBusyAndNothingCompletedFor30SecondsIsAFail() {
    AgentProcess.Launch tomcat = Apps.tomcat(Jdk.of(17), folder).jvm("-Dthreads=" + THREADS);
    try (ObservedService shop = ObservedService.start(tomcat)) {
      assertThat(shop.get("/hello").status()).isEqualTo(200);
      long start = System.nanoTime();
      List<CompletableFuture<?>> calls = call(shop, "/sleep?millis=45000", THREADS);

      Eventually.passes(
          Duration.ofSeconds(45),
          () -> assertThat(Http.get(shop.healthUrl()).status()).isEqualTo(503));
      Duration after = Duration.ofNanos(System.nanoTime() - start);

      assertThat(after).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(40));
      JsonNode connections = shop.check("http.server:connections");
      assertThat(connections.path("status").asText()).isEqualTo("fail");
      assertThat(connections.path("busyThreads").asInt()).isEqualTo(THREADS);
      assertThat(connections.path("maxThreads").asInt()).isEqualTo(THREADS);
      assertThat(connections.path("output").asText()).contains("GET /sleep").contains("s old");
      assertThat(Http.get(shop.healthUrl() + "/live").status()).isEqualTo(200);
      assertThat(calls).noneMatch(CompletableFuture::isDone);

      CompletableFuture.allOf(calls.toArray(new CompletableFuture<?>[0])).join();
      Eventually.passes(
          Duration.ofSeconds(45),
          () -> assertThat(shop.health().path("status").asText()).isEqualTo("pass"));
      assertThat(Http.get(shop.healthUrl()).status()).isEqualTo(200);
    }
  }

  private static void assertTellsTheChange(ObservedService shop, String from, String to) {
    JsonNode event =
        shop.logs()
            .awaitLine(
                line ->
                    line.path("event.dataset").asText().equals("sonde.health")
                        && line.path("labels.check").asText().equals("http.server:connections")
                        && line.path("labels.to").asText().equals(to),
                LIMIT);
    assertThat(event.path("labels.from").asText()).isEqualTo(from);
    assertThat(event.path("labels.oldest").isTextual()).isTrue();
    shop.awaitCounter(CONNECTIONS + "-" + from + "-" + to, 1);
    Eventually.passes(
        LIMIT,
        () ->
            assertThat(shop.statsd().gauge(ObservedService.metric(CONNECTIONS)))
                .hasValue(to.equals("warn") ? 1 : 0));
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

  private static List<CompletableFuture<?>> call(ObservedService shop, String path, int times) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request = HttpRequest.newBuilder(URI.create(shop.url() + path)).build();
    return IntStream.range(0, times)
        .<CompletableFuture<?>>mapToObj(i -> client.sendAsync(request, BodyHandlers.ofString()))
        .toList();
  }
}

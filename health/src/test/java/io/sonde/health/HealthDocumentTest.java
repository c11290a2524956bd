// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class HealthDocumentTest {

  private final AtomicLong nanoTime = new AtomicLong();
  private final Health health = new Health(nanoTime::get);

  @Test
  void staysWithinItsSizeWithFiftyPools() throws Exception {
    addHttpChecks();
    health.add("pools", pools(50, i -> Status.PASS));
    health.add("uptime", () -> CheckResult.of("uptime").observed(1, "s").build());

    JsonNode document = full();

    assertThat(document.path("checks").size()).isBetween(20, 52);
    assertThat(document.at("/checks/http.server:responseTime/0/p95").asInt()).isEqualTo(140);
    assertThat(document.path("checks").has("uptime")).isTrue();
    assertThat(document.path("notes").toString()).contains("checks left out: ");
    assertThat(leftOut(document) + document.path("checks").size()).isEqualTo(53);
  }

  @Test
  void leavesOutPassingChecksBeforeAnythingElse() throws Exception {
    addHttpChecks();
    health.add("pools", pools(50, i -> i == 49 ? Status.FAIL : i > 39 ? Status.WARN : Status.PASS));

    JsonNode document = full();
    List<String> keys = keys(document);

    assertThat(keys.get(0)).isEqualTo("pool-49:connections");
    assertThat(keys.subList(1, 10)).allMatch(key -> key.startsWith("pool-4"));
    assertThat(keys).contains("http.server:responseTime");
    assertThat(document.path("output").asText()).isEqualTo("pool-49:connections: saturated 40s");
    assertThat(document.path("status").asText()).isEqualTo("fail");
    assertThat(document.path("notes").toString()).doesNotContain("warn,", " fail");
  }

  @Test
  void shortensRatherThanLeavesOutWhatDoesNotPass() throws Exception {
    health.add("pools", pools(50, i -> Status.FAIL));

    JsonNode document = full();

    assertThat(document.path("checks").size()).isEqualTo(50);
    assertThat(document.at("/checks/pool-0:connections/0/max").asInt()).isEqualTo(20);
    assertThat(document.at("/checks/pool-49:connections/0/status").asText()).isEqualTo("fail");
  }

  @Test
  void countsFailingOnesThatHaveNoRoom() throws Exception {
    health.add("pools", pools(200, i -> Status.FAIL));

    JsonNode document = full();

    assertThat(document.path("notes").toString()).contains(" checks left out: ").contains(" fail");
    assertThat(leftOut(document) + document.path("checks").size()).isEqualTo(200);
  }

  @Test
  void resultsWithOneKeyAreOneArray() throws Exception {
    health.add(
        "pools",
        several(
            List.of(
                CheckResult.pool("db").componentId("hikari/a").build(),
                CheckResult.pool("db").componentId("hikari/b").status(Status.WARN).build())));

    assertThat(full().at("/checks/db:connections").size()).isEqualTo(2);
    assertThat(health.report().pool("db").status()).isEqualTo(Status.WARN);
  }

  @Test
  void showsDetailsOnlyToThoseWhoAskForOneCheck() {
    health.add("db", () -> CheckResult.pool("db").detail("holders", List.of("a", "b")).build());
    health.tick();

    assertThat(health.report().json()).doesNotContain("holders");
    assertThat(health.report().brief()).doesNotContain("holders");
    assertThat(health.report().pool("db").json()).contains("\"holders\":[\"a\",\"b\"]");
    assertThat(health.report().check("db").json()).contains("holders");
  }

  @Test
  void hostileNamesBreakNeitherSizeNorSyntax() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      List<CheckResult> results = new ArrayList<>();
      for (int i = random.nextInt(20); i >= 0; i--) {
        results.add(
            CheckResult.of(text(random))
                .status(Status.values()[random.nextInt(3)])
                .componentId(text(random))
                .observed(random.nextBoolean() ? Double.NaN : random.nextGaussian(), text(random))
                .output(text(random))
                .with(text(random), List.of(text(random), Map.of(text(random), 1)))
                .build());
      }
      health.add("hostile", several(results));
      health.service(
          Service.named(text(random))
              .instance(text(random))
              .version(text(random))
              .note(text(random))
              .note(text(random)));

      JsonNode document = full();

      assertThat(document.path("status").asText()).isEqualTo(health.report().status().toString());
      assertThat(brief().path("status")).isEqualTo(document.path("status"));
    }
  }

  @Test
  void aThrowingToStringCostsOnlyItsCheck() throws Exception {
    addHttpChecks();
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("secret");
          }
        };
    health.add("a:b", () -> CheckResult.of("a:b").with("x", hostile).build());

    JsonNode document = full();

    assertThat(document.at("/checks/a:b/0/status").asText()).isEqualTo("warn");
    assertThat(document.at("/checks/a:b/0/output").asText())
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(document.toString()).doesNotContain("secret");
  }

  @Test
  void saysHowLongItHasBeenLikeThis() throws Exception {
    health.add("a:b", () -> CheckResult.of("a:b").build());
    health.tick();
    health.add("a:b", () -> CheckResult.of("a:b").status(Status.WARN).build());
    health.tick();
    nanoTime.addAndGet(40_000_000_000L);

    assertThat(new ObjectMapper().readTree(health.report().json()).path("notes").toString())
        .contains("warn for 40s, 1 change in 10m");
  }

  @Test
  void theBriefViewHasNoNumbersWhereAllIsWell() throws Exception {
    addHttpChecks();
    health.add("pools", pools(50, i -> Status.PASS));
    health.add("uptime", () -> CheckResult.of("uptime").observed(nanoTime.get(), "ns").build());
    String before = brief().toString();

    nanoTime.addAndGet(1_234_567_890_123L);

    assertThat(brief().toString())
        .isEqualTo(before)
        .isEqualTo(
            "{\"status\":\"pass\",\"serviceId\":\"unknown\","
                + "\"notes\":[\"53 checks: 53 pass\"],\"checks\":{}}");
  }

  @Test
  void theBriefViewNamesAndRoundsWhatIsNotWell() throws Exception {
    health.add("b:c", () -> CheckResult.of("b:c").build());
    health.add(
        "a:b",
        () ->
            CheckResult.of("a:b")
                .status(Status.WARN)
                .observed(1_870 + nanoTime.get(), "ms")
                .output("1870 ms, 7 waiting")
                .build());
    String before = brief().toString();
    nanoTime.set(100);

    assertThat(brief().toString())
        .isEqualTo(before)
        .isEqualTo(
            "{\"status\":\"warn\",\"serviceId\":\"unknown\",\"output\":\"a:b\","
                + "\"notes\":[\"2 checks: 1 warn, 1 pass\"],"
                + "\"checks\":{\"a:b\":[{\"status\":\"warn\",\"observedValue\":2000,"
                + "\"observedUnit\":\"ms\"}]}}");
  }

  @Test
  void roundsToOneTwoOrFive() {
    assertThat(List.of(48.2, 0.8, 37.0, 3.0, 99.0, 0.0, -130.0, 1_870.0).stream())
        .map(Rounding::coarse)
        .containsExactly(50.0, 1.0, 50.0, 2.0, 100.0, 0.0, -100.0, 2_000.0);
  }

  private JsonNode full() throws Exception {
    health.tick();
    byte[] json = health.report().json().getBytes(StandardCharsets.UTF_8);
    assertThat(json).hasSizeLessThanOrEqualTo(4_000);
    return new ObjectMapper().readTree(json);
  }

  private JsonNode brief() throws Exception {
    health.tick();
    byte[] json = health.report().brief().getBytes(StandardCharsets.UTF_8);
    assertThat(json).hasSizeLessThanOrEqualTo(512);
    return new ObjectMapper().readTree(json);
  }

  private static List<String> keys(JsonNode document) {
    List<String> keys = new ArrayList<>();
    document.path("checks").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static int leftOut(JsonNode document) {
    JsonNode notes = document.path("notes");
    return Integer.parseInt(notes.get(notes.size() - 1).asText().split(" ")[0]);
  }

  private void addHttpChecks() {
    health.add(
        "http.server:responseTime",
        () ->
            CheckResult.of("http.server:responseTime")
                .componentType("component")
                .observed(48.2, "ms")
                .with("window", "60s")
                .with("count", 5_310)
                .with("p50", 31)
                .with("p95", 140)
                .with("p99", 410)
                .build());
    health.add(
        "http.server:connections",
        () -> CheckResult.of("http.server:connections").observed(37, "requests").build());
  }

  private static HealthCheck pools(int count, IntFunction<Status> status) {
    List<CheckResult> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      results.add(
          CheckResult.pool("pool-" + i)
              .componentId("hikari/HikariPool-" + i)
              .observed(20, "connections")
              .with("idle", 0)
              .with("max", 20)
              .with("waiting", 7)
              .status(status.apply(i))
              .output(status.apply(i) == Status.PASS ? null : "saturated 40s")
              .build());
    }
    return several(results);
  }

  private static HealthCheck several(List<CheckResult> results) {
    return new HealthCheck() {
      @Override
      public CheckResult check() {
        return results.get(0);
      }

      @Override
      public List<CheckResult> results() {
        return results;
      }
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int j = random.nextInt(random.nextInt(8) == 0 ? 2_000 : 30); j >= 0; j--) {
      text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
    }
    return text.toString();
  }
}

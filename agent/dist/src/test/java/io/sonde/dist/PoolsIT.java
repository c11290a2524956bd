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
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One pool of each kind, two connections each, in one JVM, to one real PostgreSQL. */
class PoolsIT {

  private static final List<String> KINDS =
      List.of("hikari", "dbcp2", "tomcat-jdbc", "c3p0", "druid", "agroal", "ucp", "vibur");

  private static final String REQUIRED = "druid";
  private static final int MAX_DOCUMENT_BYTES = 4_000;

  private final ExecutorService callers = Executors.newCachedThreadPool();

  @Test
  void tellsWhatBecomesOfEachPool() throws Exception {
    try (Postgres postgres = Postgres.start()) {
      String url = postgres.jdbcUrl() + "&password=hunter2";
      execute(url, "create table orders (id int)");
      try (ObservedService shop =
          ObservedService.start(
              Apps.pools(Jdk.of(17), url),
              "health.pool.held-after=1s",
              "health.pool.leak-after=2s",
              "health.pool.dead-after=5s",
              "health.pool.required=" + REQUIRED)) {
        KINDS.forEach(kind -> assertThat(ask(shop, kind)).as(kind).isEqualTo(200));
        each(kind -> atRest(shop, kind));

        exhaustedByALock(shop, url);
        each(kind -> atRest(shop, kind));

        postgres.stop();
        withoutDatabase(shop);
        postgres.restart();
        withDatabaseAgain(shop);

        assertThat(Http.get(shop.healthUrl()).body()).doesNotContain("hunter2");
        assertThat(shop.status().toString()).doesNotContain("hunter2");
        assertThat(shop.status().path("self").path("adviceFailures").asLong()).isZero();
      }
    } finally {
      callers.shutdownNow();
    }
  }

  private static void atRest(ObservedService shop, String kind) {
    JsonNode pool = pool(shop, kind);
    assertThat(pool.path("componentId").asText()).isEqualTo(kind + "/" + kind);
    assertThat(pool.path("active").asInt(-1)).isZero();
    assertThat(pool.path("idle").asInt()).isPositive();
    assertThat(pool.path("max").asInt()).isEqualTo(2);
    assertThat(pool.path("waiting").asInt(-1)).isZero();
    assertThat(pool.path("lastSuccess").asText()).isNotEmpty();
    assertThat(pool.has("holders")).isFalse();
    assertThat(gauge(shop, kind, "active")).isZero();
    assertThat(gauge(shop, kind, "idle")).isPositive();
    assertThat(gauge(shop, kind, "max")).isEqualTo(2);
    assertThat(gauge(shop, kind, "waiting")).isZero();
    assertThat(shop.statsd().timer(metric("pool." + kind + ".acquire"))).isNotEmpty();
  }

  /** Two requests hold the connections of each pool, two others are always on the wait. */
  private void exhaustedByALock(ObservedService shop, String url) throws SQLException {
    AtomicBoolean locked = new AtomicBoolean(true);
    List<CompletableFuture<?>> all = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table orders in access exclusive mode");
      for (String kind : KINDS) {
        all.add(CompletableFuture.runAsync(() -> ask(shop, kind), callers));
        all.add(CompletableFuture.runAsync(() -> ask(shop, kind), callers));
      }
      each(kind -> assertThat(pool(shop, kind).path("active").asInt()).isEqualTo(2));
      for (String kind : KINDS) {
        for (int i = 0; i < 2; i++) {
          all.add(CompletableFuture.runAsync(() -> askWhile(shop, kind, locked), callers));
          pause(50);
        }
      }
      each(kind -> exhausted(shop, kind));
      Http.Response document = Http.get(shop.healthUrl());
      assertThat(document.json().path("status").asText()).isEqualTo("fail");
      assertThat(document.body().length()).isLessThanOrEqualTo(MAX_DOCUMENT_BYTES);
      assertThat(document.body()).doesNotContain("holders").contains("affectedEndpoints");
      locked.set(false);
      connection.rollback();
    }
    all.forEach(CompletableFuture::join);
  }

  private static void exhausted(ObservedService shop, String kind) {
    JsonNode pool = pool(shop, kind);
    assertThat(pool.path("status").asText()).isEqualTo(expected(kind));
    assertThat(pool.path("idle").asInt(-1)).isZero();
    assertThat(pool.path("waiting").asInt()).isBetween(1, 2);
    assertThat(pool.path("timeouts").asLong()).isPositive();
    assertThat(pool.path("acquireMax").asDouble()).isGreaterThan(1_000);
    assertThat(pool.path("lastFailure").asText()).isNotEmpty();
    assertThat(pool.path("lastFailureMessage").asText()).contains("Exception");
    assertThat(pool.path("leakSuspects").asInt()).isEqualTo(2);
    assertThat(pool.path("holders")).hasSize(2);
    for (JsonNode holder : pool.path("holders")) {
      assertThat(holder.path("route").asText()).isEqualTo("/orders/" + kind);
      assertThat(holder.path("thread").asText()).startsWith("pool-");
      assertThat(holder.path("heldMillis").asLong()).isGreaterThanOrEqualTo(2_000);
    }
    assertThat(pool.path("affectedEndpoints").toString()).isEqualTo("[\"/orders/" + kind + "\"]");
    assertThat(gauge(shop, kind, "waiting")).isPositive();
    assertThat(shop.statsd().counter(metric("pool." + kind + ".timeouts"))).isPositive();
  }

  private void withoutDatabase(ObservedService shop) {
    AtomicBoolean down = new AtomicBoolean(true);
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (String kind : KINDS) {
      for (int i = 0; i < 3; i++) {
        all.add(CompletableFuture.runAsync(() -> askWhile(shop, kind, down), callers));
      }
    }
    each(
        kind -> {
          JsonNode pool = pool(shop, kind);
          assertThat(pool.path("output").asText()).startsWith("no connection for ");
          assertThat(pool.path("status").asText()).isEqualTo(expected(kind));
          assertThat(pool.toString()).doesNotContain("hunter2");
        });
    assertThat(Http.get(shop.healthUrl()).status()).isEqualTo(503);
    down.set(false);
    all.forEach(CompletableFuture::join);
  }

  private void withDatabaseAgain(ObservedService shop) {
    each(kind -> assertThat(ask(shop, kind)).isEqualTo(200));
    each(
        kind -> {
          JsonNode pool = pool(shop, kind);
          assertThat(pool.path("status").asText()).isNotEqualTo("fail");
          assertThat(pool.path("output").asText()).doesNotStartWith("no connection");
          assertThat(pool.path("active").asInt(-1)).isZero();
          assertThat(pool.path("idle").asInt()).isPositive();
        });
    assertThat(Http.get(shop.healthUrl()).status()).isEqualTo(200);
  }

  /** Of a pool that gives no connections. */
  private static String expected(String kind) {
    return kind.equals(REQUIRED) ? "fail" : "warn";
  }

  private static double gauge(ObservedService shop, String kind, String item) {
    return shop.statsd().gauge(metric("pool." + kind + "." + item)).orElse(-1);
  }

  private static JsonNode pool(ObservedService shop, String kind) {
    JsonNode document = Http.get(shop.healthUrl() + "/pool/" + kind).json();
    return document.path("checks").path(kind + ":connections").path(0);
  }

  private static void each(Consumer<String> expectation) {
    for (String kind : KINDS) {
      Eventually.passes(LIMIT, () -> withName(kind, expectation));
    }
  }

  private static void withName(String kind, Consumer<String> expectation) {
    try {
      expectation.accept(kind);
    } catch (AssertionError e) {
      throw new AssertionError(kind + ": " + e.getMessage(), e);
    }
  }

  private static void askWhile(ObservedService shop, String kind, AtomicBoolean condition) {
    while (condition.get()) {
      ask(shop, kind);
      pause(20);
    }
  }

  /** 0 when there was no answer: those that hold a connection are not answered for long. */
  private static int ask(ObservedService shop, String kind) {
    try {
      return shop.get("/orders/" + kind).status();
    } catch (UncheckedIOException e) {
      return 0;
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

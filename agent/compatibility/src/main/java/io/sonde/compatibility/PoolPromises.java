// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import static io.sonde.compatibility.BrokenPromise.unless;
import static io.sonde.compatibility.BrokenPromise.unlessSoon;
import static io.sonde.compatibility.ObservedApp.LIMIT;
import static io.sonde.compatibility.ObservedApp.metric;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.Http;
import java.util.concurrent.CompletableFuture;

/**
 * Asked of each connection pool. Its scenario has a pool of two connections behind {@code /query}
 * and {@code /hold?MILLIS}, which keeps a connection for so long.
 */
final class PoolPromises {

  /** Longer than {@code health.pool.held-after} and a tick of the health checks. */
  private static final int HELD_MILLIS = 4_000;

  private final ObservedApp app;

  private PoolPromises(ObservedApp app) {
    this.app = app;
  }

  static void keep(ObservedApp app) {
    PoolPromises promises = new PoolPromises(app);
    unless("the application gets a connection", promises::queries);
    unlessSoon("/health shows active, idle and maximum", promises::showsAtRest);
    CompletableFuture<Http.Response> held =
        CompletableFuture.supplyAsync(() -> app.get("/hold?" + HELD_MILLIS));
    unlessSoon("/health shows who holds a connection", promises::showsHolder);
    unless("the connection is given back", () -> assertThat(held.join().body()).isEqualTo("done"));
    unlessSoon("/health shows that it is back", promises::showsAtRest);
    unless("getting a connection is counted and timed", promises::countsAcquired);
  }

  private void queries() {
    assertThat(app.get("/query").body()).isEqualTo("done");
  }

  private void showsAtRest() {
    JsonNode pool = pool();

    assertThat(pool.path("active").asInt(-1)).isZero();
    assertThat(pool.path("idle").asInt()).isPositive();
    assertThat(pool.path("max").asInt()).isEqualTo(2);
    assertThat(pool.has("holders")).isFalse();
    assertThat(Http.get(app.healthUrl()).json().path("checks").has(name() + ":connections"))
        .isTrue();
  }

  private void showsHolder() {
    JsonNode pool = pool();

    assertThat(pool.path("active").asInt()).isEqualTo(1);
    assertThat(pool.path("holders")).hasSize(1);
    assertThat(pool.path("holders").path(0).path("route").asText()).isEqualTo("/hold");
  }

  private void countsAcquired() {
    app.awaitCounter("pool." + name() + ".acquired", 2);
    assertThat(app.statsd().timer(metric("pool." + name() + ".acquire"))).isNotEmpty();
    assertThat(app.statsd().awaitGauge(metric("pool." + name() + ".max"), LIMIT)).isEqualTo(2);
  }

  private String name() {
    return app.library().pool();
  }

  private JsonNode pool() {
    return Http.get(app.healthUrl() + "/pool/" + name())
        .json()
        .path("checks")
        .path(name() + ":connections")
        .path(0);
  }
}

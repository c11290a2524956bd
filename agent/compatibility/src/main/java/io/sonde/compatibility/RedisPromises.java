// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import static io.sonde.compatibility.BrokenPromise.unless;
import static io.sonde.compatibility.BrokenPromise.unlessSoon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.Http;

/**
 * Asked of each client of Redis. Its scenario gets the port of a real one as second argument and
 * serves {@code /ping}, which answers {@code PONG}; a pool has at most two connections.
 */
final class RedisPromises {

  private final ObservedApp app;

  private RedisPromises(ObservedApp app) {
    this.app = app;
  }

  static void keep(ObservedApp app) {
    RedisPromises promises = new RedisPromises(app);
    unless("the application reaches its Redis", promises::pings);
    unlessSoon("/health shows the connection and its last success", promises::showsSuccess);
    unless("/health shows its state, or active, idle and maximum", promises::showsNumbers);
  }

  private void pings() {
    assertThat(app.get("/ping").body()).isEqualTo("PONG");
  }

  private void showsSuccess() {
    assertThat(check().path("status").asText()).isEqualTo("pass");
    assertThat(check().path("lastSuccess").asText()).isNotEmpty();
  }

  private void showsNumbers() {
    JsonNode check = check();
    if (app.library().can("pool")) {
      assertThat(check.path("active").asInt(-1)).isZero();
      assertThat(check.path("idle").asInt()).isEqualTo(1);
      assertThat(check.path("max").asInt()).isEqualTo(2);
    } else {
      assertThat(check.path("state").asText()).isEqualTo("CONNECTED");
      assertThat(check.path("open").asInt()).isEqualTo(1);
    }
  }

  /** By the beginning of its name; the address follows. */
  private JsonNode check() {
    JsonNode checks = Http.get(app.healthUrl()).json().path("checks");
    for (var names = checks.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (name.startsWith(app.library().pool()) && name.endsWith(":connections")) {
        return checks.path(name).path(0);
      }
    }
    throw new AssertionError("nothing of it in " + checks);
  }
}

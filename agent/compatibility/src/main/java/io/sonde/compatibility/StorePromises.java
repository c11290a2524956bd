// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import static io.sonde.compatibility.BrokenPromise.unless;
import static io.sonde.compatibility.BrokenPromise.unlessSoon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Asked of each client of Redis or MongoDB. Its scenario gets the server's port as second argument
 * and serves {@code /ping}, which answers {@code PONG}; a pool has at most two connections.
 */
final class StorePromises {

  private final ObservedApp app;

  private StorePromises(ObservedApp app) {
    this.app = app;
  }

  static void keep(ObservedApp app) {
    StorePromises promises = new StorePromises(app);
    unless("the application reaches its store", promises::pings);
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

  private JsonNode check() {
    return app.connections(app.library().pool());
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import static io.sonde.compatibility.BrokenPromise.unless;
import static io.sonde.compatibility.ObservedApp.CALLER;
import static io.sonde.compatibility.ObservedApp.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.Eventually;

/**
 * Asked of gRPC. Its scenario has a server and a client of it, and answers {@code /find?ORDER} with
 * what {@code shop.Orders/Find} answers the client: {@code order ORDER}, or {@code NOT_FOUND} for
 * the order {@code missing}.
 */
final class GrpcPromises {

  private static final String METHOD = "/shop.Orders/Find";

  private final ObservedApp app;

  private GrpcPromises(ObservedApp app) {
    this.app = app;
  }

  static void keep(ObservedApp app) {
    GrpcPromises promises = new GrpcPromises(app);
    unless("a call is answered", promises::answers);
    unless("a call is one trace, from its caller to its server", promises::isOneTrace);
    unless("the route is the method", promises::namesMethod);
    unless("a code is counted once on both sides, by its status", promises::countsByStatus);
  }

  private void answers() {
    assertThat(app.get("/find?7", "b3", TRACE + "-" + CALLER + "-1").body()).isEqualTo("order 7");
  }

  private void isOneTrace() {
    JsonNode front = span("SERVER", "/find");
    JsonNode client = span("CLIENT", METHOD);
    JsonNode server = span("SERVER", METHOD);

    assertThat(client.path("traceId").asText()).isEqualTo(TRACE);
    assertThat(client.path("parentId")).isEqualTo(front.path("id"));
    assertThat(server.path("traceId").asText()).isEqualTo(TRACE);
    assertThat(server.path("parentId")).isEqualTo(client.path("id"));
  }

  private void namesMethod() {
    assertThat(span("SERVER", METHOD).path("tags").path("http.route").asText()).isEqualTo(METHOD);
  }

  private void countsByStatus() {
    assertThat(app.get("/find?missing").body()).isEqualTo("NOT_FOUND");

    Eventually.passes(
        ObservedApp.LIMIT,
        () -> {
          assertThat(calls("server", "2xx")).isEqualTo(1);
          assertThat(calls("server", "4xx")).isEqualTo(1);
          assertThat(calls("client", "2xx")).isEqualTo(1);
          assertThat(calls("client", "4xx")).isEqualTo(1);
        });
  }

  /** The sum over routes or peers: {@code http.SIDE.….POST.STATUS.count}. */
  private double calls(String side, String status) {
    return app.statsd().names().stream()
        .filter(name -> name.startsWith(ObservedApp.metric("http." + side + ".")))
        .filter(name -> name.endsWith(".POST." + status + ".count"))
        .mapToDouble(app.statsd()::counter)
        .sum();
  }

  private JsonNode span(String kind, String path) {
    return app.zipkin()
        .awaitOne(
            span ->
                span.path("kind").asText().equals(kind)
                    && span.path("tags").path("http.path").asText().equals(path));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import static io.sonde.compatibility.BrokenPromise.unless;
import static io.sonde.compatibility.ObservedApp.CALLER;
import static io.sonde.compatibility.ObservedApp.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.FreePort;
import java.util.List;

/**
 * Asked of each HTTP client. Its scenario answers {@code /call?URL} with the status that a GET of
 * the URL has, and {@code /call-async?URL} with that of an asynchronous one where it can.
 */
final class ClientPromises {

  private final ObservedApp app;
  private final Callee callee;

  private ClientPromises(ObservedApp app, Callee callee) {
    this.app = app;
    this.callee = callee;
  }

  static void keep(ObservedApp app) {
    try (Callee callee = new Callee()) {
      new ClientPromises(app, callee).keep();
    }
  }

  private void keep() {
    unless("b3 and X-Request-ID reach the server called", () -> passesOn("/call", "/one"));
    unless("a call is one span, with its parent and its peer", () -> isOneSpan("/call", "/one"));
    if (app.library().can("async")) {
      unless("an asynchronous call passes b3 on", () -> passesOn("/call-async", "/two"));
      unless("an asynchronous call is one span", () -> isOneSpan("/call-async", "/two"));
    }
    unless("a call is counted once, by peer and status", this::countsByStatus);
    if (app.library().can("refused")) {
      unless("a call that nobody answers is recorded", this::recordsRefused);
    }
  }

  private void passesOn(String way, String path) {
    String answer =
        app.get(
                way + "?" + callee.url(path),
                "X-Request-ID",
                "req-1",
                "b3",
                TRACE + "-" + CALLER + "-1")
            .body();

    assertThat(answer).isEqualTo("200");
    Headers headers = callee.only(path).headers();
    assertThat(headers.get("b3")).hasSize(1);
    assertThat(headers.getFirst("b3")).startsWith(TRACE + "-").contains("-1");
    assertThat(headers.get("X-Request-ID")).isEqualTo(List.of("req-1"));
  }

  private void isOneSpan(String way, String path) {
    JsonNode client = span("CLIENT", path);
    JsonNode server = span("SERVER", way);

    assertThat(client.path("traceId").asText()).isEqualTo(TRACE);
    assertThat(client.path("parentId")).isEqualTo(server.path("id"));
    assertThat(callee.only(path).headers().getFirst("b3").split("-")[1])
        .isEqualTo(client.path("id").asText());
    assertThat(client.path("remoteEndpoint").path("port").asInt()).isEqualTo(callee.port());
    assertThat(client.path("tags").path("http.method").asText()).isEqualTo("GET");
  }

  private void countsByStatus() {
    assertThat(app.get("/call?" + callee.url("/missing")).body()).isEqualTo("404");

    int well = app.library().can("async") ? 2 : 1;
    Eventually.passes(
        ObservedApp.LIMIT,
        () -> {
          assertThat(calls(callee.port(), "GET.4xx")).isEqualTo(1);
          assertThat(calls(callee.port(), "GET.2xx")).isEqualTo(well);
        });
    callee.only("/missing");
  }

  private void recordsRefused() {
    int nobody = FreePort.find();
    assertThat(app.get("/call?http://127.0.0.1:" + nobody + "/none").body()).contains("Exception");

    assertThat(span("CLIENT", "/none").path("tags").path("error").asText()).contains("Exception");
    Eventually.passes(ObservedApp.LIMIT, () -> assertThat(calls(nobody, "GET.err")).isEqualTo(1));
  }

  /** The sum over the peers on this port: {@code http.client.PEER.GET.2xx.count}. */
  private double calls(int port, String rest) {
    return app.statsd().names().stream()
        .filter(name -> name.startsWith(ObservedApp.metric("http.client.")))
        .filter(name -> name.contains("_" + port) && name.endsWith("." + rest + ".count"))
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

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import static io.sonde.compatibility.BrokenPromise.unless;
import static io.sonde.compatibility.ObservedApp.CALLER;
import static io.sonde.compatibility.ObservedApp.LIMIT;
import static io.sonde.compatibility.ObservedApp.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.Http;
import java.io.UncheckedIOException;

/**
 * Asked of each HTTP server. Its scenario serves {@code /hello} ({@code hello}), {@code /boom}
 * (throws IllegalStateException), {@code /async} ({@code async} after 200 ms from another thread,
 * where it can), {@code /orders/*} or {@code /orders/{id}} where it tells routes ({@code
 * /orders/two}, over HTTP/2, where it can), and nothing else.
 */
final class ServerPromises {

  private static final long ASYNC_NANOS = 190_000_000;
  private static final String TRACE2 = "80f198ee56343ba864fe8b2a57d3eff7";

  private final ObservedApp app;

  private ServerPromises(ObservedApp app) {
    this.app = app;
  }

  static void keep(ObservedApp app) {
    ServerPromises promises = new ServerPromises(app);
    unless("X-Request-ID is given back", promises::givesRequestIdBack);
    unless("a request is counted once, by route, method and status", promises::countsOnce);
    unless("the caller's b3 trace is continued", promises::continuesTrace);
    if (app.library().can("route")) {
      unless("the route is the one that is mapped", () -> promises.namesRoute("/orders/*"));
    }
    if (app.library().can("template")) {
      unless("the route is the template", () -> promises.namesRoute("/orders/{id}"));
    }
    unless("a 404 is counted", promises::countsNotFound);
    unless("a handler that throws is counted by its status", promises::countsThrown);
    unless("the exception is recorded with its request", promises::recordsException);
    if (app.library().can("async")) {
      unless("an asynchronous request is measured to its end", promises::measuresAsync);
    }
    if (app.library().can("http2")) {
      unless("a request over HTTP/2 is seen, once", promises::seesHttp2);
    }
    unless("nothing is counted twice in the end", promises::countsOnce);
  }

  private void givesRequestIdBack() {
    Http.Response response =
        app.get("/hello", "X-Request-ID", "req-1", "b3", TRACE + "-" + CALLER + "-1");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("hello");
    assertThat(response.header("X-Request-ID")).hasValue("req-1");
  }

  private void countsOnce() {
    app.awaitCounter("http.server.hello.GET.2xx.count", 1);
  }

  private void continuesTrace() {
    JsonNode span = server("/hello");

    assertThat(span.path("traceId").asText()).isEqualTo(TRACE);
    assertThat(span.path("parentId").asText()).isEqualTo(CALLER);
    assertThat(span.path("id").asText()).isNotEqualTo(CALLER);
    assertThat(span.path("name").asText()).isEqualTo("get /hello");
    assertThat(span.path("tags").path("request.id").asText()).isEqualTo("req-1");
  }

  /** Learned from the path it would be {@code /orders/all}. */
  private void namesRoute(String route) {
    assertThat(app.get("/orders/all").status()).isEqualTo(200);

    assertThat(server("/orders/all").path("tags").path("http.route").asText()).isEqualTo(route);
  }

  private void countsNotFound() {
    assertThat(app.get("/nowhere").status()).isEqualTo(404);

    app.awaitCounter("http.server.unmatched.GET.4xx.count", 1);
  }

  private void countsThrown() {
    try {
      // A POST: this client would send a GET again where the connection was dropped.
      Http.Response response = Http.send("POST", app.url() + "/boom?pin=1234", "");
      assertThat(response.status()).isEqualTo(500);
    } catch (UncheckedIOException e) {
      assertThat(app.library().thrown()).isEqualTo("err");
    }

    app.awaitCounter("http.server.boom.POST." + app.library().thrown() + ".count", 1);
  }

  private void recordsException() {
    JsonNode error = app.logs().awaitLine(event -> event.has("labels.fingerprint"), LIMIT);

    assertThat(error.path("error.type").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.path("error.stack_trace").asText()).contains("com.example.");
    assertThat(error.path("http.request.method").asText()).isEqualTo("POST");
    assertThat(error.path("url.path").asText()).isEqualTo("/boom");
    assertThat(error.path("url.query").asText()).isEqualTo("pin=***");
    assertThat(server("/boom").path("tags").path("error").asText())
        .contains("IllegalStateException: boom");
  }

  private void measuresAsync() {
    assertThat(app.get("/async").body()).isEqualTo("async");

    assertThat(app.awaitAccess("/async").path("event.duration").asLong())
        .isGreaterThan(ASYNC_NANOS);
    assertThat(server("/async").path("duration").asLong()).isGreaterThan(ASYNC_NANOS / 1_000);
    app.awaitCounter("http.server.async.GET.2xx.count", 1);
  }

  private void seesHttp2() {
    Http.Response response =
        Http.overHttp2(
            app.url() + "/orders/two", "X-Request-ID", "req-2", "b3", TRACE2 + "-" + CALLER + "-1");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("two");
    assertThat(response.header("X-Request-ID")).hasValue("req-2");
    assertThat(server("/orders/two").path("traceId").asText()).isEqualTo(TRACE2);
  }

  private JsonNode server(String path) {
    return app.zipkin()
        .awaitOne(
            span ->
                span.path("kind").asText().equals("SERVER")
                    && span.path("tags").path("http.path").asText().equals(path));
  }
}

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
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Executable jars of Spring Boot, as they are shipped; one start a JDK shows all. */
class SpringBootIT {

  private static final String TRACE = "463ac35c9f6413ad48485a3953bb6124";
  private static final String CALLER = "a2fb4a1d1a96d312";

  /** What the handlers take at least, in nanoseconds; a little is left to the clocks. */
  private static final long WORK_NANOS = 199_000_000;

  @ParameterizedTest(name = "Spring Boot {1} on {0}")
  @CsvSource({"8,2", "17,3", "21,3", "25,3"})
  void observesAServiceOfSpringBoot(int version, int boot) {
    try (ObservedService shop = ObservedService.start(Apps.springBoot(Jdk.of(version), boot))) {
      shipsWhatWasLoggedBeforeSondeWasReady(shop);
      namesRoutesByTheirTemplates(shop);
      measuresAsynchronousAnswersToTheirEnd(shop);
      recordsWhatEscapesAController(shop);
      correlatesTheApplicationsLog(shop);
      continuesTheCallersTrace(shop);
      leavesStderrToTheApplication(shop);
    }
  }

  /** The first thing that Spring Boot says. */
  private static void shipsWhatWasLoggedBeforeSondeWasReady(ObservedService shop) {
    shop.logs()
        .awaitLine(
            event -> event.path("message").asText().startsWith("Starting SpringService"), LIMIT);
  }

  private static void namesRoutesByTheirTemplates(ObservedService shop) {
    for (int id = 1; id <= 3; id++) {
      assertThat(shop.get("/users/" + id).body()).isEqualTo("user " + id);
    }
    assertThat(shop.get("/nowhere/7").status()).isEqualTo(404);

    shop.awaitCounter("http.server.users-_id_.GET.2xx.count", 3);
    shop.awaitCounter("http.server.unmatched.GET.4xx.count", 1);
    Eventually.that(
        LIMIT, () -> shop.statsd().timerCount(metric("http.server.users-_id_.GET.2xx.time")) == 3);
    JsonNode access = shop.awaitAccess("/users/2");
    assertThat(access.path("labels.route").asText()).isEqualTo("/users/{id}");
    assertThat(access.path("labels.handler").asText()).isEqualTo("Users#find(long)");
  }

  private static void measuresAsynchronousAnswersToTheirEnd(ObservedService shop) {
    assertThat(shop.get("/deferred/7").body()).isEqualTo("deferred 7");
    assertThat(shop.get("/callable/7", "X-Request-ID", "req-call").body()).isEqualTo("callable 7");
    assertThat(shop.get("/raw/7").body()).isEqualTo("raw");

    for (String path : List.of("/deferred/7", "/callable/7", "/raw/7")) {
      JsonNode access = shop.awaitAccess(path);
      assertThat(access.path("event.duration").asLong()).as(path).isGreaterThan(WORK_NANOS);
      assertThat(access.path("http.response.status_code").asInt()).as(path).isEqualTo(200);
    }
    assertThat(shop.awaitAccess("/deferred/7").path("labels.route").asText())
        .isEqualTo("/deferred/{id}");
    assertThat(shop.awaitAccess("/raw/7").path("labels.route").asText()).isEqualTo("/raw/*");
    // Spring's executor carried the context to the Callable.
    assertThat(message(shop, "called 7").path("http.request.id").asText()).isEqualTo("req-call");
    shop.awaitCounter("http.server.callable-_id_.GET.2xx.count", 1);
  }

  private static void recordsWhatEscapesAController(ObservedService shop) {
    Http.Response response = Http.send("POST", shop.url() + "/users/7/boom?pin=1234&page=2", "");
    assertThat(response.status()).isEqualTo(500);

    JsonNode access = shop.awaitAccess("/users/7/boom");
    JsonNode error =
        shop.logs()
            .awaitLine(
                event ->
                    event.has("error.type")
                        && event.path("labels.seen_at").asText().contains("handler"),
                LIMIT);
    assertThat(error.path("error.type").asText()).isEqualTo("java.io.IOException");
    assertThat(error.path("error.message").asText()).isEqualTo("root of it");
    assertThat(error.path("error.stack_trace").asText())
        .startsWith("java.io.IOException: root of it")
        .contains("com.example.Users.boom")
        .contains("java.lang.IllegalStateException: user 7");
    assertThat(error.path("labels.handler").asText()).isEqualTo("Users#boom(long)");
    assertThat(error.path("labels.route").asText()).isEqualTo("/users/{id}/boom");
    assertThat(error.path("http.request.method").asText()).isEqualTo("POST");
    assertThat(error.path("http.response.status_code").asInt()).isEqualTo(500);
    assertThat(error.path("url.path").asText()).isEqualTo("/users/7/boom");
    assertThat(error.path("url.query").asText()).isEqualTo("pin=***&page=2");
    assertThat(error.path("trace.id").asText()).matches("[0-9a-f]{32}");
    for (String id : List.of("trace.id", "span.id", "http.request.id")) {
      assertThat(error.path(id)).as(id).isEqualTo(access.path(id));
    }
    assertThat(access.path("event.outcome").asText()).isEqualTo("failure");
    shop.awaitCounter("http.server.users-_id_-boom.POST.5xx.count", 1);
    Eventually.that(
        LIMIT,
        () ->
            shop.statsd().names().stream()
                .anyMatch(
                    name -> name.startsWith(metric("exceptions.")) && name.endsWith("count")));
  }

  private static void correlatesTheApplicationsLog(ObservedService shop) {
    Http.Response response = shop.get("/users/4711", "X-Request-ID", "req-4711");

    assertThat(response.headers().allValues("X-Request-ID")).containsExactly("req-4711");
    JsonNode access = shop.awaitAccess("/users/4711");
    String ids =
        access.path("trace.id").asText() + "|" + access.path("span.id").asText() + "|req-4711";
    assertThat(shop.process().awaitStdout("finding user 4711", LIMIT))
        .isEqualTo("LOG INFO [" + ids + "] finding user 4711");
    JsonNode event = message(shop, "finding user 4711");
    assertThat(event.path("log.logger").asText()).isEqualTo("com.example.Users");
    for (String id : List.of("trace.id", "span.id", "http.request.id")) {
      assertThat(event.path(id)).as(id).isEqualTo(access.path(id));
    }
  }

  private static void continuesTheCallersTrace(ObservedService shop) {
    String target = "/chain?url=" + shop.url() + "/headers";

    String b3 = shop.get(target, "b3", TRACE + "-" + CALLER + "-1").body();
    assertThat(b3)
        .containsPattern("(?im)^b3: " + TRACE + "-[0-9a-f]{16}-1")
        .containsPattern("(?im)^x-request-id: " + TRACE + "$");
    String w3c = shop.get(target, "traceparent", "00-" + TRACE + "-" + CALLER + "-01").body();
    assertThat(w3c).containsPattern("(?im)^traceparent: 00-" + TRACE + "-[0-9a-f]{16}-01$");

    Eventually.that(
        LIMIT,
        () ->
            shop.logs().events().stream()
                    .filter(event -> event.path("url.path").asText().matches("/chain|/headers"))
                    .filter(event -> event.path("trace.id").asText().equals(TRACE))
                    .count()
                == 4);
  }

  private static void leavesStderrToTheApplication(ObservedService shop) {
    JsonNode status = shop.status();
    assertThat(status.path("self").path("adviceFailures").asLong()).isZero();
    assertThat(status.path("self").path("exporterFailures").asLong()).isZero();
    assertThat(status.path("problems")).isEmpty();
    assertThat(status.path("instrumentations").findValuesAsText("outcome")).containsOnly("applied");
    assertThat(shop.process().stop()).isEqualTo(143);

    assertThat(shop.process().stderrLines()).allMatch(line -> line.startsWith("[sonde]"));
    assertThat(shop.process().stdoutLines())
        .allMatch(line -> line.startsWith("LOG ") || line.startsWith("listening on"));
    assertThat(shop.process().stderrLines()).last().asString().doesNotContain("dropped");
  }

  private static JsonNode message(ObservedService shop, String text) {
    return shop.logs().awaitLine(event -> event.path("message").asText().equals(text), LIMIT);
  }
}

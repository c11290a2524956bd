// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static io.sonde.dist.ObservedService.metric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.AllJdks;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.Http;
import io.sonde.testkit.Jdk;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;

/** One service's whole life on each JDK; a start costs seconds, so that one start shows all. */
class WorksOnEveryJdkIT {

  private static final String START_UP_LINE =
      "\\[sonde] \\S+ observes shop \\(one\\): premain \\d+ ms, \\d+ classes matched,"
          + " \\d+ instrumentations applied; http://127\\.0\\.0\\.1:\\d+/health";

  private static final Pattern EXCEPTION =
      Pattern.compile("sonde\\.shop\\.one\\.exceptions\\.[^.]*IOException[^.]*\\.[^.]+\\.count");

  @ParameterizedTest
  @AllJdks
  void observesAServiceFromItsStartToItsEnd(Jdk jdk) {
    try (ObservedService shop = ObservedService.start(Apps.plain(jdk), "service.version=1.4.2")) {
      assertThat(shop.process().awaitStderr("observes", LIMIT)).matches(START_UP_LINE);

      tellsItsStart(shop);
      countsRequests(shop);
      logsRequests(shop);
      carriesContext(shop, jdk);
      recordsWhatEscapes(shop);
      answersHealth(shop);
      tellsWhatItDid(shop);
      keepsToItself(shop, jdk);
      flushesAtTheEnd(shop);
    }
  }

  private static void tellsItsStart(ObservedService shop) {
    JsonNode started = shop.logs().awaitLine(e -> e.has("event.action"), LIMIT);

    assertThat(started.path("message").asText()).isEqualTo("shop 1.4.2 started");
    assertThat(started.path("event.dataset").asText()).isEqualTo("sonde.lifecycle");
    assertThat(started.path("service.version").asText()).isEqualTo("1.4.2");
    shop.awaitCounter("sonde.started.1_4_2-6dc1db", 1);
  }

  private static void countsRequests(ObservedService shop) {
    for (int i = 0; i < 3; i++) {
      assertThat(shop.get("/hello").body()).isEqualTo("hello");
    }

    shop.awaitCounter("http.server.hello.GET.2xx.count", 3);
    Eventually.that(
        LIMIT, () -> shop.statsd().timerCount(metric("http.server.hello.GET.2xx.time")) == 3);
    assertThat(shop.statsd().awaitGauge(metric("http.server.all.all.all.active"), LIMIT)).isZero();
    Eventually.that(
        LIMIT, () -> shop.statsd().names().stream().anyMatch(n -> n.startsWith(metric("jvm."))));
    assertThat(shop.statsd().badLines()).isEmpty();
  }

  private static void logsRequests(ObservedService shop) {
    Http.Response response = shop.get("/slow?1", "X-Request-ID", "req-4711");

    assertThat(response.header("X-Request-ID")).hasValue("req-4711");
    JsonNode event = shop.awaitAccess("/slow");
    assertThat(event.path("http.request.id").asText()).isEqualTo("req-4711");
    assertThat(event.path("http.request.method").asText()).isEqualTo("GET");
    assertThat(event.path("http.response.status_code").asInt()).isEqualTo(200);
    assertThat(event.path("event.duration").asLong()).isBetween(1_000_000L, 10_000_000_000L);
    assertThat(event.path("event.outcome").asText()).isEqualTo("success");
    assertThat(event.path("service.name").asText()).isEqualTo("shop");
    assertThat(event.path("service.node.name").asText()).isEqualTo("one");
    assertThat(event.path("trace.id").asText()).matches("[0-9a-f]{32}");
    assertThat(event.path("source.ip").asText()).isEqualTo("127.0.0.0");
  }

  /** Each line is what a call from such a thread brought along; periodic work belongs to nobody. */
  private static void carriesContext(ObservedService shop, Jdk jdk) {
    String answers = shop.get("/context", "X-Request-ID", "req-ctx").body();

    List<String> lines = answers.lines().toList();
    assertThat(lines).contains("periodic null");
    assertThat(lines)
        .filteredOn(line -> !line.startsWith("periodic"))
        .hasSize(jdk.version() >= 21 ? 12 : 10)
        .allSatisfy(line -> assertThat(line).endsWith(" req-ctx"));
  }

  private static void recordsWhatEscapes(ObservedService shop) {
    // A POST: the test's client would send a GET twice.
    assertThatThrownBy(() -> Http.send("POST", shop.url() + "/boom?password=secret", ""))
        .isInstanceOf(UncheckedIOException.class);

    JsonNode error = shop.logs().awaitLine(event -> event.has("error.type"), LIMIT);
    assertThat(error.path("error.type").asText()).isEqualTo("java.io.IOException");
    assertThat(error.path("error.message").asText()).isEqualTo("root of it");
    assertThat(error.path("error.stack_trace").asText())
        .startsWith("java.io.IOException: root of it")
        .contains("PlainService.boom");
    assertThat(error.path("http.request.method").asText()).isEqualTo("POST");
    assertThat(error.path("url.path").asText()).isEqualTo("/boom");
    assertThat(error.path("url.query").asText()).isEqualTo("password=***");
    JsonNode access = shop.awaitAccess("/boom");
    assertThat(error.path("trace.id")).isEqualTo(access.path("trace.id"));
    shop.awaitCounter("http.server.boom.POST.err.count", 1);
    Eventually.that(
        LIMIT, () -> shop.statsd().names().stream().anyMatch(EXCEPTION.asMatchPredicate()));
  }

  private static void answersHealth(ObservedService shop) {
    Http.Response response = Http.get(shop.healthUrl());

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Content-Type").orElse("")).startsWith("application/health+json");
    assertThat(response.body()).hasSizeLessThanOrEqualTo(4_000);
    assertThat(response.json().path("status").asText()).isEqualTo("pass");
    assertThat(response.json().path("checks").fieldNames())
        .toIterable()
        .contains(
            "http.server:responseTime",
            "http.server:connections",
            "http.server:badRequests",
            "memory:heapAfterGc",
            "threads:deadlock",
            "agent:delivery",
            "uptime");
    Eventually.that(LIMIT, () -> shop.check("http.server:responseTime").path("count").asInt() >= 5);
    Eventually.that(
        LIMIT, () -> shop.check("http.server:connections").path("openSockets").asInt() > 0);
    assertThat(Http.get(shop.healthUrl() + "/live").status()).isEqualTo(200);
    assertThat(Http.get(shop.healthUrl() + "/ready").status()).isEqualTo(200);
    assertThat(Http.get(shop.healthUrl() + "/startup").status()).isEqualTo(200);
    assertThat(Http.send("POST", shop.healthUrl(), "").status()).isEqualTo(405);
  }

  private static void tellsWhatItDid(ObservedService shop) {
    assertThat(Http.get(shop.statusUrl()).status()).isEqualTo(401);

    JsonNode status = shop.status();
    assertThat(status.toString()).doesNotContain("of-this-test");
    assertThat(status.path("version").asText()).isEqualTo("0.1.0");
    assertThat(status.path("self").path("adviceFailures").asLong()).isZero();
    assertThat(status.path("self").path("exporterFailures").asLong()).isZero();
    assertThat(status.path("problems")).isEmpty();
    List<JsonNode> server =
        status.path("instrumentations").findParents("outcome").stream()
            .filter(row -> row.path("name").asText().equals("jdk-http-server"))
            .toList();
    assertThat(server)
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.path("outcome").asText()).isEqualTo("applied"));
    assertThat(status.path("instrumentations").findValuesAsText("outcome")).containsOnly("applied");
  }

  /** No access to the JDK's internals through the agent, nothing of it in sight. */
  private static void keepsToItself(ObservedService shop, Jdk jdk) {
    assertThat(shop.get("/internals").body())
        .contains(
            "unsafe " + (jdk.version() == 8 ? "ClassNotFoundException" : "IllegalAccessException"))
        .contains("agent absent", "bytebuddy absent", "bridge from null");
  }

  private static void flushesAtTheEnd(ObservedService shop) {
    shop.get("/hello?page=9");
    assertThat(shop.process().stop()).isEqualTo(143);

    shop.awaitCounter("http.server.hello.GET.2xx.count", 4);
    shop.logs().awaitLine(event -> event.path("url.query").asText().equals("page=9"), LIMIT);
    assertThat(shop.logs().unfinished()).isEmpty();
    assertThat(shop.process().stdoutLines())
        .hasSize(3)
        .first()
        .asString()
        .startsWith("listening on");
    assertThat(shop.process().stdoutLines()).endsWith("draining", "drained");
    assertThat(shop.process().stderrLines().stream().filter(line -> line.startsWith("[sonde]")))
        .last()
        .asString()
        .contains("last flush done", "access to logstash", "items to pipeline")
        .doesNotContain("dropped");
    // The JDK's server tells nothing of a handler that throws.
    assertThat(shop.process().stderrLines()).allMatch(line -> line.startsWith("[sonde]"));
  }
}

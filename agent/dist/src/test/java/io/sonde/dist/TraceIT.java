// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.Jdk;
import io.sonde.testkit.Zipkin;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two services, a front in Tomcat on Java 8 and a plain one behind it, and a real Zipkin. */
class TraceIT {

  private static final String TRACE = "463ac35c9f6413ad48485a3953bb6124";

  @TempDir static Path folder;

  private static Zipkin zipkin;
  private static ObservedService front;
  private static ObservedService back;

  @BeforeAll
  static void start() {
    zipkin = Zipkin.start();
    String endpoint = "zipkin.endpoint=" + zipkin.endpoint();
    front = ObservedService.start(Apps.tomcat(frontJdk(), folder), endpoint, "service.name=front");
    back = ObservedService.start(Apps.plain(Jdk.of(17)), endpoint, "service.name=back");
  }

  @AfterAll
  static void stop() {
    front.close();
    back.close();
    zipkin.close();
  }

  @Test
  void aCallThroughTwoServicesIsOneTraceOfThreeSpans() {
    assertThat(front.get("/chain?url=" + back.url() + "/hello").body()).isEqualTo("hello");
    String traceId = front.awaitAccess("/chain").path("trace.id").asText();

    JsonNode trace = zipkin.awaitTrace(traceId, 3, LIMIT);
    JsonNode server = span(trace, "SERVER", "front");
    JsonNode client = span(trace, "CLIENT", "front");
    JsonNode called = span(trace, "SERVER", "back");

    assertThat(server.has("parentId")).isFalse();
    assertThat(client.path("parentId")).isEqualTo(server.path("id"));
    assertThat(called.path("parentId")).isEqualTo(client.path("id"));
    assertThat(server.path("name").asText()).isEqualTo("get /chain");
    assertThat(called.path("name").asText()).isEqualTo("get /hello");
    assertThat(called.path("tags").path("http.path").asText()).isEqualTo("/hello");
    assertThat(client.path("remoteEndpoint").path("port").asInt())
        .isEqualTo(Integer.parseInt(back.url().substring(back.url().lastIndexOf(':') + 1)));
    assertThat(trace.findValues("shared")).isEmpty();
    assertThat(back.awaitAccess("/hello").path("trace.id").asText()).isEqualTo(traceId);
    assertThat(back.awaitAccess("/hello").path("http.request.id"))
        .isEqualTo(front.awaitAccess("/chain").path("http.request.id"));
  }

  @Test
  void continuesTheTraceOfItsCaller() {
    back.get("/slow?1", "b3", TRACE + "-a2fb4a1d1a96d312-1");

    JsonNode span = zipkin.awaitTrace(TRACE, 1, LIMIT).path(0);
    assertThat(span.path("parentId").asText()).isEqualTo("a2fb4a1d1a96d312");
    assertThat(span.path("id").asText()).isNotEqualTo("a2fb4a1d1a96d312");
    assertThat(back.awaitAccess("/slow").path("trace.id").asText()).isEqualTo(TRACE);
  }

  @Test
  void marksTheSpanOfWhatFailed() {
    assertThat(front.get("/boom").status()).isEqualTo(500);

    JsonNode access = front.awaitAccess("/boom");
    JsonNode span = zipkin.awaitTrace(access.path("trace.id").asText(), 1, LIMIT).path(0);
    assertThat(span.path("tags").path("error").asText()).contains("IllegalStateException");
    assertThat(span.path("tags").path("http.status_code").asText()).isEqualTo("500");
  }

  @Test
  void measuresAnAsynchronousServletToItsEnd() {
    assertThat(front.get("/async").body()).isEqualTo("async");

    JsonNode access = front.awaitAccess("/async");
    assertThat(access.path("event.duration").asLong()).isGreaterThan(190_000_000L);
    JsonNode span = zipkin.awaitTrace(access.path("trace.id").asText(), 1, LIMIT).path(0);
    assertThat(span.path("duration").asLong()).isGreaterThan(190_000L);
  }

  @Test
  void idsStandInTheApplicationsOwnLog() {
    front.get("/hello?name=Ada", "X-Request-ID", "req-1");

    JsonNode access = front.awaitAccess("/hello");
    assertThat(front.process().awaitStdout("greeting Ada", LIMIT))
        .startsWith("LOG INFO [" + access.path("trace.id").asText() + "|")
        .contains("|req-1] greeting Ada");
    JsonNode event =
        front.logs().awaitLine(line -> line.path("message").asText().equals("greeting Ada"), LIMIT);
    assertThat(event.path("trace.id")).isEqualTo(access.path("trace.id"));
    assertThat(event.path("log.logger").asText()).isEqualTo("com.example.TomcatService");
    assertThat(event.path("log.level").asText()).isEqualTo("INFO");
  }

  /** Without a Zipkin of its own it must not point other people's traces at parents nobody has. */
  @Test
  void originatesNoTraceHeaderWithoutZipkin() {
    try (ObservedService untraced = ObservedService.start(Apps.plain(Jdk.of(17)))) {
      String headers = untraced.get("/chain?" + back.url() + "/headers").body();

      assertThat(headers.toLowerCase())
          .contains("x-request-id: ")
          .doesNotContain("b3:")
          .doesNotContain("traceparent")
          .doesNotContain("x-b3");

      assertThat(
              untraced
                  .get(
                      "/chain?" + back.url() + "/headers",
                      "traceparent",
                      "00-" + TRACE + "-a2fb4a1d1a96d312-01")
                  .body()
                  .toLowerCase())
          .contains("00-" + TRACE + "-a2fb4a1d1a96d312-01");
    }
  }

  private static Jdk frontJdk() {
    return Jdk.of(8).isPresent() ? Jdk.of(8) : Jdk.of(17);
  }

  private static JsonNode span(JsonNode trace, String kind, String service) {
    Map<String, JsonNode> spans =
        StreamSupport.stream(trace.spliterator(), false)
            .collect(
                Collectors.toMap(
                    span ->
                        span.path("kind").asText()
                            + " "
                            + span.path("localEndpoint").path("serviceName").asText(),
                    Function.identity()));
    assertThat(spans).containsKey(kind + " " + service);
    return spans.get(kind + " " + service);
  }
}

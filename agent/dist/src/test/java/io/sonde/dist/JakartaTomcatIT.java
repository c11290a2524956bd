// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.Jdk;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded Tomcat of {@link TraceIT}, as 10.1 with {@code jakarta}, without a framework. */
class JakartaTomcatIT {

  @TempDir static Path folder;

  @Test
  void observesServletsOfTomcat10() {
    try (ObservedService shop = ObservedService.start(Apps.tomcat10(Jdk.of(17), folder))) {
      logsWithIds(shop);
      measuresAnAsynchronousServletToItsEnd(shop);
      recordsWhatEscapesAServlet(shop);
      passesTheTraceOn(shop);

      assertThat(shop.process().stop()).isEqualTo(143);
      assertThat(shop.process().stderrLines()).allMatch(line -> line.startsWith("[sonde]"));
    }
  }

  private static void logsWithIds(ObservedService shop) {
    assertThat(shop.get("/hello?name=Ada", "X-Request-ID", "req-1").header("X-Request-ID"))
        .hasValue("req-1");

    String traceId = shop.awaitAccess("/hello").path("trace.id").asText();
    assertThat(shop.process().awaitStdout("greeting Ada", LIMIT))
        .startsWith("LOG INFO [" + traceId + "|")
        .endsWith("|req-1] greeting Ada");
    shop.awaitCounter("http.server.hello.GET.2xx.count", 1);
  }

  private static void measuresAnAsynchronousServletToItsEnd(ObservedService shop) {
    assertThat(shop.get("/async").body()).isEqualTo("async");

    assertThat(shop.awaitAccess("/async").path("event.duration").asLong())
        .isGreaterThan(199_000_000L);
  }

  private static void recordsWhatEscapesAServlet(ObservedService shop) {
    assertThat(shop.get("/boom?pin=1234").status()).isEqualTo(500);

    JsonNode error = shop.logs().awaitLine(event -> event.has("error.type"), LIMIT);
    assertThat(error.path("error.type").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.path("labels.handler").asText()).isEqualTo("com.example.TomcatService$Boom");
    assertThat(error.path("url.query").asText()).isEqualTo("pin=***");
    assertThat(error.path("http.response.status_code").asInt()).isEqualTo(500);
    assertThat(error.path("trace.id")).isEqualTo(shop.awaitAccess("/boom").path("trace.id"));
  }

  private static void passesTheTraceOn(ObservedService shop) {
    String trace = "463ac35c9f6413ad48485a3953bb6124";
    shop.get("/chain?url=" + shop.url() + "/hello", "b3", trace + "-a2fb4a1d1a96d312-1");

    shop.logs()
        .awaitLine(
            event ->
                event.path("url.path").asText().equals("/hello")
                    && event.path("trace.id").asText().equals(trace),
            LIMIT);
  }
}

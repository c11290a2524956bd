// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.AllJdks;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.Http;
import io.sonde.testkit.Jdk;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Exceptions that nobody would ever have heard of, each planted once, each found once, and none of
 * those that were read.
 */
class LostExceptionsIT {

  @ParameterizedTest
  @AllJdks
  void findsEachKindOnceWhereItWasLost(Jdk jdk) {
    try (ObservedService shop = ObservedService.start(Apps.lost(jdk))) {
      List<String> expected = new ArrayList<>();

      assertThatThrownBy(() -> Http.send("POST", shop.url() + "/handler", ""))
          .isInstanceOf(UncheckedIOException.class);
      expected.add("handler at handler");
      lose(shop, expected, "uncaught", "uncaught at uncaught");
      if (jdk.version() >= 21) {
        lose(shop, expected, "virtual", "virtual at uncaught");
      }
      lose(shop, expected, "submitted", "submitted at future");
      lose(shop, expected, "delayed", "delayed at future");
      lose(shop, expected, "periodic", "periodic at scheduled");
      lose(shop, expected, "timer", "timer at uncaught");
      lose(shop, expected, "forked", "forked at future");
      // Up to 11 the JDK lets the worker die of it, later it asks the worker's handler alone.
      String worker = jdk.version() < 17 ? "uncaught" : "future";
      lose(shop, expected, "forgotten", "forgotten at " + worker);
      lose(shop, expected, "stage", "stage at future");
      lose(shop, expected, "logged", "logged at log");
      lose(shop, expected, "deep", "java.lang.StackOverflowError at uncaught");
      lose(shop, expected, "large", "Requested array size exceeds VM limit at uncaught");

      assertThat(shop.get("/read").status()).isEqualTo(204);

      Eventually.that(
          LIMIT,
          () -> {
            shop.get("/gc");
            return errors(shop).size() >= expected.size();
          });
      assertThat(errors(shop)).containsExactlyInAnyOrderElementsOf(expected);
      JsonNode frequent = shop.status().path("exceptions");
      assertThat(frequent.findValuesAsText("type"))
          .hasSize(expected.size())
          .contains("java.lang.StackOverflowError", "java.lang.IllegalStateException");
      assertThat(frequent.path(0).path("fingerprint").asText()).matches("[0-9a-f]{8}");
      assertThat(frequent.path(0).path("count").asLong()).isEqualTo(1);
      assertThat(Instant.parse(frequent.path(0).path("last").asText()))
          .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(1));
      JsonNode self = shop.status().path("self");
      assertThat(self.path("adviceFailures").asLong()).isZero();
      assertThat(self.path("unreadFailuresOverflow").asLong(-1)).isZero();
    }
  }

  @ParameterizedTest
  @AllJdks
  void answersForAHandlerThatThrewWhereThatIsWanted(Jdk jdk) {
    try (ObservedService shop = ObservedService.start(Apps.lost(jdk), "exceptions.recover=true")) {
      Http.Response response = shop.get("/handler", "X-Request-ID", "req-500");

      assertThat(response.status()).isEqualTo(500);
      assertThat(response.header("X-Request-ID")).hasValue("req-500");
      assertThat(response.body()).isEmpty();
      JsonNode error = shop.logs().awaitLine(event -> event.has("labels.fingerprint"), LIMIT);
      assertThat(error.path("http.response.status_code").asInt()).isEqualTo(500);
      assertThat(error.path("error.message").asText()).isEqualTo("handler");
      assertThat(shop.get("/gc").status()).isEqualTo(204);
    }
  }

  private static void lose(ObservedService shop, List<String> expected, String kind, String error) {
    assertThat(shop.get("/" + kind).status()).isEqualTo(204);
    expected.add(error);
  }

  private static List<String> errors(ObservedService shop) {
    return shop.logs().events().stream()
        .filter(event -> event.has("labels.fingerprint"))
        .map(LostExceptionsIT::text)
        .toList();
  }

  private static String text(JsonNode error) {
    String type = error.path("error.type").asText();
    return error.path("error.message").asText(type)
        + " at "
        + error.path("labels.seen_at").asText();
  }
}

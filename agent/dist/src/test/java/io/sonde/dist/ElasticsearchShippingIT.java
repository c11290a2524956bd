// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.Elasticsearch;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.Jdk;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is shipped, on Java 8, and a real Elasticsearch. */
class ElasticsearchShippingIT {

  @TempDir Path folder;

  @Test
  void findsWhatTheServiceDidByQueryAndTheLedgerKnowsThatItIsThere() {
    try (Elasticsearch elasticsearch = Elasticsearch.start();
        ObservedService shop =
            ObservedService.start(
                Apps.tomcat(Jdk.of(8), folder), "logs.elasticsearch=" + elasticsearch.url())) {
      shop.get("/hello?name=Ada");
      String traceId = shop.awaitAccess("/hello").path("trace.id").asText();

      Eventually.passes(
          LIMIT,
          () -> {
            assertOne(elasticsearch, "logs-sonde.access-default", "url.path:\"/hello\"", traceId);
            assertOne(elasticsearch, "logs-sonde.log-default", "message:greeting", traceId);
          });
      JsonNode access = account(shop, "access");
      assertThat(access.path("acked").asLong()).isEqualTo(access.path("taken").asLong());
      assertThat(access.path("state").asText()).isEqualTo("up");
      assertThat(shop.check("agent:delivery").path("sinks").path("elasticsearch").asText())
          .isEqualTo("up");
      assertThat(shop.status().path("self").path("adviceFailures").asLong()).isZero();
    }
  }

  private static void assertOne(
      Elasticsearch elasticsearch, String index, String query, String traceId) {
    assertThat(elasticsearch.search(index, query))
        .singleElement()
        .satisfies(
            hit -> assertThat(hit.path("_source").path("trace.id").asText()).isEqualTo(traceId));
  }

  private static JsonNode account(ObservedService shop, String signal) {
    for (JsonNode account : shop.status().path("ledger")) {
      if (account.path("signal").asText().equals(signal)
          && account.path("destination").asText().equals("elasticsearch")) {
        return account;
      }
    }
    throw new AssertionError("no account of " + signal);
  }
}

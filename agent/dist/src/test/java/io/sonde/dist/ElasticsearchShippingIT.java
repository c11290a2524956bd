// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.Elasticsearch;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.FreePort;
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

  /** Whatever was on disk when it was killed is sent by the next process, once. */
  @Test
  void whatIsOnDiskSurvivesAKill() {
    String spool = "logs.spool=" + folder;
    try (ObservedService killed =
        ObservedService.start(
            Apps.plain(Jdk.of(17)),
            "logs.elasticsearch=http://127.0.0.1:" + FreePort.find(),
            spool)) {
      for (int i = 0; i < 20; i++) {
        assertThat(killed.get("/hello?page=" + i).status()).isEqualTo(200);
      }
      Eventually.that(LIMIT, () -> account(killed, "access").path("spooled").asLong() == 20);
      killed.process().kill();
    }
    try (Elasticsearch elasticsearch = Elasticsearch.start();
        ObservedService next =
            ObservedService.start(
                Apps.plain(Jdk.of(17)), "logs.elasticsearch=" + elasticsearch.url(), spool)) {
      Eventually.that(
          LIMIT,
          () ->
              elasticsearch.search("logs-sonde.access-default", "url.path:\"/hello\"").size()
                  == 20);
      Eventually.that(LIMIT, () -> account(next, "access").path("acked").asLong() == 20);
      assertThat(account(next, "access").path("spooled").asLong()).isZero();
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

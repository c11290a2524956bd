// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.FinishedExchange;
import io.sonde.agent.recording.HealthChange;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.LogEvent;
import io.sonde.agent.recording.ServiceStart;
import io.sonde.testkit.Elasticsearch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines in a real Elasticsearch, found again by query. */
final class ElasticsearchIT {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final String ALL = "logs-sonde.*-prod_eu";

  private static Elasticsearch server;

  private final Ledger ledger = new Ledger();
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @BeforeAll
  static void start() {
    server = Elasticsearch.start();
    ShippedTemplate.install(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void listen() {
    AgentLog.to(new PrintStream(told, true));
  }

  @AfterEach
  void speakAgain() {
    AgentLog.to(null);
  }

  @Test
  void makesADataStreamOfEachKindWhoseFieldsHaveTheirTypes() {
    LogExporter exporter = exporter(null);
    exporter.log(Samples.log("greeting", null, Map.of("tenant", "7"), null));
    exporter.exchange(FinishedExchange.server().get());
    exporter.error(Samples.error(new IllegalStateException("boom"), null));
    Samples.close(exporter, LIMIT);

    assertThat(account("logs").acked()).isEqualTo(1);
    assertThat(account("access").acked()).isEqualTo(1);
    assertThat(account("errors").acked()).isEqualTo(1);
    assertThat(sources("logs-sonde.log-prod_eu", "labels.tenant:7 AND message:greeting"))
        .singleElement()
        .satisfies(log -> assertThat(log.path("service.name").asText()).isEqualTo("shop"));
    assertThat(
            sources(
                "logs-sonde.access-prod_eu",
                "http.response.status_code:[200 TO 299] AND @timestamp:[2020 TO 2100]"))
        .singleElement()
        .satisfies(access -> assertThat(access.path("url.path").asText()).isEqualTo("/users/7"));
    assertThat(sources("logs-sonde.error-prod_eu", "error.type:*IllegalStateException")).hasSize(1);
    assertThat(told.toString()).isEmpty();
  }

  @Test
  void findsEachFieldOfEachKindByQueryWithItsType() {
    LogExporter exporter = exporter(null);
    Exchange exchange =
        FinishedExchange.server()
            .request("POST", "/orders/7", "page=2&token=s3cret")
            .from("192.0.2.17", "curl/8.0 (Linux)")
            .handler("Orders#put()")
            .route("/orders/{id}")
            .grpcCode(5)
            .status(302)
            .get();
    Exception thrown = new UnsupportedOperationException("disk full");
    exporter.log(Samples.log("sold out", thrown, Map.of("tenant", "acme", "n", "12"), exchange));
    exporter.access(
        AccessSampler.from(
            AccessSampler.Mode.ALL, 1, Map.of("/orders/{id}", 0.999), Long.MAX_VALUE));
    exporter.exchange(exchange);
    exporter.error(
        FinishedExchange.after(
            List.of("INFO first", "WARN then"), Samples.error(thrown, exchange)));
    exporter.healthChanged(
        new HealthChange(
            "pool:connections",
            "pass",
            "warn",
            true,
            "slow",
            Map.of("p95", "1,400"),
            1_700_000_000_000L));
    exporter.serviceStarted(new ServiceStart("shop", "1.2.3", "0.1.0", "17", 1_700_000_000_000L));
    Samples.close(exporter, LIMIT);

    assertThat(told.toString()).isEmpty();
    assertThat(ledger.accounts().stream().mapToLong(Ledger.Account::acked).sum()).isEqualTo(5);
    Map<String, String> types = ShippedTemplate.types();
    types.remove("container.id"); // Tests need not run in one.
    for (String label : List.of("tenant", "n", "p95", "check", "route", "grpc_status")) {
      types.put("labels." + label, "keyword");
    }
    for (Map.Entry<String, String> field : types.entrySet()) {
      assertThat(sources(ALL, "_exists_:" + field.getKey())).as(field.getKey()).isNotEmpty();
      assertThat(typesInUse(field.getKey())).as(field.getKey()).containsExactly(field.getValue());
    }
    for (String query :
        List.of(
            "event.duration:[12000000 TO 12000000] AND labels.sample_rate:[0.9 TO 0.9999]",
            "url.path:\"/orders/7\" AND source.ip:\"192.0.2.0/24\" AND event.category:web"
                + " AND user_agent.original.text:curl",
            "labels.repeat_count:[3 TO *] AND labels.trail:then AND error.message:full",
            "error.stack_trace:*unsupportedoperationexception AND labels.tenant:acme",
            "labels.check:\"pool:connections\" AND labels.p95:\"1,400\"",
            "event.action:started AND labels.version:1.2.3 AND event.dataset:sonde.lifecycle")) {
      assertThat(sources(ALL, query)).as(query).hasSize(1);
    }
  }

  @Test
  void dropsOnlyTheLineThatDoesNotFitTheMappingAndSaysWhy(@TempDir Path folder) throws IOException {
    server.api(
        "PUT",
        "/conflict",
        "{\"mappings\":{\"properties\":{\"labels\":{\"properties\":{\"n\":{\"type\":\"long\"}}}}}}");
    LogExporter exporter = spooling("conflict", folder, ledger);
    exporter.log(Samples.log("first", null, Map.of("n", "1"), null));
    exporter.log(Samples.log("second", null, Map.of("n", "not a number"), null));
    exporter.log(Samples.log("third", null, Map.of("n", "3"), null));
    Samples.close(exporter, LIMIT);

    assertThat(sources("conflict", "*"))
        .extracting(source -> source.path("message").asText())
        .containsExactlyInAnyOrder("first", "third");
    assertThat(account("logs").acked()).isEqualTo(2);
    assertThat(account("logs").droppedByReason()).containsOnly(Map.entry("refused 400", 1L));
    assertThat(told.toString())
        .contains(
            "400 document_parsing_exception", "failed to parse field [labels.n] of type [long]")
        .doesNotContain("not a number");
    List<String> kept = Files.readAllLines(folder.resolve("logs-elasticsearch-0/refused.json"));
    assertThat(kept).hasSize(1);
    assertThat(Samples.parse(kept.get(0)).path("refused").asText()).startsWith("400 document_pars");
    assertThat(Samples.parse(kept.get(0)).at("/line/message").asText()).isEqualTo("second");
    assertThat(Samples.balances(ledger)).isTrue();
  }

  @Test
  void takesLinesWithHostileKeysAndTimes() {
    LogExporter exporter = exporter("hostile");
    List<String> keys =
        List.of("", " ", ".", "..a.", "\u0000", "\ud83d", "_id", "_source", "*", "a,b", "\u2028");
    for (String key : keys) {
      exporter.log(Samples.log("m", null, Map.of(key, "v"), null));
    }
    exporter.log(new LogEvent(4, Long.MAX_VALUE, "a", "m", "t", null, Map.of(), null));
    exporter.log(new LogEvent(4, Long.MIN_VALUE, "a", "m", "t", null, Map.of(), null));
    Samples.close(exporter, LIMIT);

    assertThat(told.toString()).isEmpty();
    assertThat(account("logs").acked()).isEqualTo(keys.size() + 2);
  }

  @Test
  void losesAndDoublesNothingWhenTheServerCrashesAndComesBack() throws InterruptedException {
    LogExporter exporter = exporter("outage");
    int lines = 4_000;
    for (int i = 0; i < lines; i++) {
      exporter.log(Samples.log("n" + i));
      if (i % 20 == 0) {
        Thread.sleep(5);
      }
      if (i == lines / 3) {
        server.stop();
      }
    }
    Samples.await("down", () -> account("logs").state().startsWith("down: "));
    assertThat(account("logs").acked()).isLessThan(lines);

    server.restart();

    Samples.await("all", () -> account("logs").acked() == lines);
    assertThat(account("logs").state()).isEqualTo("up");
    Samples.close(exporter, LIMIT);
    assertThat(messages("outage")).containsExactlyInAnyOrderElementsOf(numbers(lines));
    assertThat(account("logs").dropped()).isZero();
  }

  @Test
  void doublesNothingWhenAnAnswerIsLost() throws IOException {
    try (CutRelay relay = CutRelay.to(server.url())) {
      LogExporter exporter = exporterTo(relay.url(), "lost-answer");
      for (int i = 0; i < 100; i++) {
        exporter.log(Samples.log("n" + i));
      }

      Samples.await("all", () -> account("logs").acked() == 100);
      Samples.close(exporter, LIMIT);
      assertThat(relay.cut()).as("an answer was lost").isTrue();
      assertThat(messages("lost-answer")).containsExactlyInAnyOrderElementsOf(numbers(100));
    }
  }

  @Test
  void goesToTheNextUrlWhenTheFirstDoesNotAnswer() throws IOException {
    LogExporter exporter =
        Samples.exporter(
            LogConfig.builder()
                .elasticsearch(
                    ElasticsearchConfig.parse(
                            List.of("http://127.0.0.1:" + FakeLogstash.freePort(), server.url()))
                        .index("failover")),
            ledger);
    exporter.log(Samples.log("n0"));

    Samples.await("acked", () -> account("logs").acked() == 1);

    Samples.close(exporter, LIMIT);
    assertThat(messages("failover")).containsExactly("n0");
  }

  @Test
  void whatWaitsOnDiskIsSentByTheNextProcessInItsOrder(@TempDir Path folder) {
    server.stop();
    LogExporter first = spooling("spooled", folder, ledger);
    for (int i = 0; i < 3_000; i++) {
      first.log(Samples.log("n" + i));
    }
    Samples.close(first, LIMIT);
    assertThat(account("logs").spooled()).isEqualTo(3_000);
    assertThat(account("logs").dropped()).isZero();
    assertThat(Samples.balances(ledger)).isTrue();

    server.restart();
    Ledger later = new Ledger();
    LogExporter second = spooling("spooled", folder, later);
    second.log(Samples.log("n3000"));
    Samples.await("all", () -> Samples.account(later, "logs", "elasticsearch").acked() == 3_001);
    Samples.close(second, LIMIT);

    assertThat(Samples.account(later, "logs", "elasticsearch").spooled()).isZero();
    assertThat(Samples.balances(later)).isTrue();
    assertThat(messages("spooled")).containsExactlyInAnyOrderElementsOf(numbers(3_001));
    assertThat(folder.resolve("logs-elasticsearch-0")).isDirectoryNotContaining("glob:**.seg");
  }

  private static LogExporter spooling(String index, Path folder, Ledger ledger) {
    return Samples.exporter(
        LogConfig.builder()
            .elasticsearch(ElasticsearchConfig.parse(List.of(server.url())).index(index))
            .spool(folder.toString(), 1L << 30),
        ledger);
  }

  private LogExporter exporter(String index) {
    return exporterTo(server.url(), index);
  }

  private LogExporter exporterTo(String url, String index) {
    return Samples.exporter(
        LogConfig.builder().elasticsearch(ElasticsearchConfig.parse(List.of(url)).index(index)),
        ledger);
  }

  private static List<JsonNode> sources(String index, String query) {
    return StreamSupport.stream(server.search(index, query).spliterator(), false)
        .map(hit -> hit.path("_source"))
        .toList();
  }

  private static List<String> messages(String index) {
    return sources(index, "*").stream().map(source -> source.path("message").asText()).toList();
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
  }

  /** As the data streams have it, by whatever name. */
  private static Set<String> typesInUse(String field) {
    Set<String> types = new TreeSet<>();
    JsonNode caps = server.api("GET", "/" + ALL + "/_field_caps?fields=" + field, "");
    caps.path("fields").path(field).fieldNames().forEachRemaining(types::add);
    types.remove("unmapped");
    return types;
  }

  private Ledger.Account account(String signal) {
    return Samples.account(ledger, signal, "elasticsearch");
  }
}

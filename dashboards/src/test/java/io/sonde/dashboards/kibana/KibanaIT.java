// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import static io.sonde.dashboards.kibana.FilledNode.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sonde.dashboards.observed.ObservedShop;
import io.sonde.testkit.Elasticsearch;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.OpenSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * All that the import file asks, asked of a real Elasticsearch that two observed services fill
 * through the shipped template. With {@code -Dsonde.pictures=FOLDER} the answers are drawn.
 */
@Execution(ExecutionMode.CONCURRENT)
final class KibanaIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> KINDS =
      List.of("sonde.access", "sonde.error", "sonde.log", "sonde.health", "sonde.lifecycle");

  private static final String ORIGIN =
      "Drawn by Sonde’s tests from what Elasticsearch 8.19 answers to the panels’ own queries."
          + " No screenshot of Kibana, which could not be run.";

  private static final String FILE = ImportFile.committed();

  /** Of an exception in the service that the other one has called. */
  private static final String FAILED_ELSEWHERE =
      "data_stream.dataset:\"sonde.error\" AND service.name:orders AND _exists_:http.request.id";

  private static Elasticsearch server;
  private static FilledNode filled;
  private static ObservedShop shop;

  @BeforeAll
  static void start() {
    server = Elasticsearch.start();
    filled = new FilledNode(server);
    filled.install();
    shop =
        ObservedShop.start(
            "logs.elasticsearch=" + server.url(),
            "logs.access.sample=0.5",
            "logs.access.slow=500ms");
    Eventually.passes(LIMIT, KibanaIT::awaitAllKinds);
    if (System.getProperty("sonde.pictures") != null) {
      // Of each kind of exception more than ten a minute are told with the next minute's first.
      pause(Duration.ofSeconds(75));
    }
    filled.refresh();
  }

  @AfterAll
  static void stop() {
    if (shop != null) {
      shop.close();
    }
    server.close();
  }

  @Test
  void everyVisualizationHasData() {
    assertEachHasData(filled);
  }

  @Test
  void everySavedSearchFindsLinesWithItsColumns() {
    for (JsonNode search : ImportFile.objects(FILE, "search")) {
      JsonNode hits = filled.hits(search, ALL);

      String title = ImportFile.title(search);
      assertThat(hits).as(title).isNotEmpty();
      for (JsonNode column : search.at("/attributes/columns")) {
        assertThat(hits)
            .as("%s, %s", title, column)
            .anySatisfy(hit -> assertThat(hit.path("_source").has(column.asText())).isTrue());
      }
    }
  }

  @Test
  void everyControlHasValuesToChooseFrom() {
    for (JsonNode dashboard : ImportFile.objects(FILE, "dashboard")) {
      String controls = dashboard.at("/attributes/controlGroupInput/panelsJSON").asText();
      for (JsonNode control : ImportFile.parse(controls)) {
        String field = control.at("/explicitInput/fieldName").asText();
        String values =
            "{\"size\":0,\"aggs\":{\"values\":{\"terms\":{\"field\":\"%s\"}}}}".formatted(field);
        assertThat(filled.ask(values).at("/aggregations/values/buckets")).as(field).isNotEmpty();
      }
    }
  }

  @Test
  void noFieldHasTwoTypesAndEachDoesWhatTheTemplateSays() {
    JsonNode answer = server.api("GET", "/" + DataView.INDICES + "/_field_caps?fields=*", "");
    TemplateFields template = new TemplateFields();

    Map<String, List<String>> twice = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : answer.path("fields").properties()) {
      List<String> types =
          field.getValue().properties().stream()
              .map(Map.Entry::getKey)
              .filter(type -> !type.equals("unmapped"))
              .toList();
      if (types.size() != 1) {
        twice.put(field.getKey(), types);
      }
    }
    assertThat(twice).isEmpty();
    for (String field : labels().keySet()) {
      JsonNode caps = answer.path("fields").path(field).path(template.type(field));
      assertThat(caps.path("searchable").asBoolean()).as(field).isTrue();
      assertThat(caps.path("aggregatable").asBoolean())
          .as(field)
          .isEqualTo(template.aggregates(field));
    }
  }

  @Test
  void noLineIsRefusedAndNoValueIgnored() {
    assertThat(filled.count("_exists_:_ignored")).isZero();
    for (JsonNode status : shop.statuses()) {
      for (JsonNode account : status.path("ledger")) {
        if (account.path("destination").asText().equals("elasticsearch")) {
          assertThat(account.path("dropped")).as(account.toString()).isEmpty();
          assertThat(account.path("state").asText()).isEqualTo("up");
        }
      }
    }
  }

  @Test
  void anIdFindsAllThatBelongsToOneRequest() {
    String narrowed = oneRequest();
    JsonNode dashboard = dashboard(OneRequest.ID);

    for (JsonNode panel : ImportFile.panels(dashboard)) {
      JsonNode shown = shownBy(dashboard, panel);
      String title = panel.path("title").asText();
      if (shown.path("type").asText().equals("search")) {
        assertThat(filled.hits(shown, narrowed)).as(title).isNotEmpty();
      } else if (!isNote(shown)) {
        assertThat(filled.rows(shown, narrowed)).as(title).isNotEmpty();
      }
    }
    assertThat(filled.count(narrowed + " AND service.name:shop")).isPositive();
    assertThat(filled.count(narrowed + " AND service.name:orders")).isPositive();
  }

  @Test
  void everyDashboardIsDrawnFromItsAnswers() {
    for (JsonNode dashboard : ImportFile.objects(FILE, "dashboard")) {
      String id = dashboard.path("id").asText();
      String narrowed = id.equals(OneRequest.ID) ? oneRequest() : ALL;
      DashboardPicture picture = new DashboardPicture(dashboard, ORIGIN);
      for (JsonNode panel : ImportFile.panels(dashboard)) {
        draw(picture, panel, shownBy(dashboard, panel), narrowed);
      }
      picture.saveIfAsked(id.replace("sonde-", "kibana-") + ".svg");
    }
  }

  /** The lines as the agents wrote them; what Elasticsearch here lacks, ingest, is tried, too. */
  @Test
  void openSearchTakesTheSameLinesThroughTheSameTemplatesAndThePipeline() throws IOException {
    try (OpenSearch other = OpenSearch.start()) {
      FilledNode second = new FilledNode(other);
      second.install();
      other.install("/_ingest/pipeline/sonde", Path.of("elasticsearch/ingest-pipeline.json"));
      ObjectNode template =
          (ObjectNode)
              ImportFile.parse(Files.readString(Path.of("elasticsearch/index-template.json")));
      ((ObjectNode) template.at("/template/settings")).put("index.final_pipeline", "sonde");
      other.api("PUT", "/_index_template/sonde", template.toString());

      int lines = 0;
      for (String kind : KINDS) {
        JsonNode hits = filled.lines("data_stream.dataset:\"" + kind + "\"", 500);
        create(other, hits);
        lines += hits.size();
      }
      second.refresh();

      assertThat(second.count(ALL)).isEqualTo(lines);
      assertThat(other.api("GET", "/_data_stream/logs-sonde.*", "").path("data_streams"))
          .hasSize(KINDS.size());
      assertThat(second.count("event.ingested:[now-1h TO now]")).isEqualTo(lines);
      assertThat(second.count("labels.weight:2 AND labels.sample_rate:0.5")).isPositive();
      assertThat(second.count("labels.weight:1 AND NOT _exists_:labels.sample_rate")).isPositive();
      assertThat(second.count("NOT _exists_:labels.weight AND event.category:web")).isZero();
      assertEachHasData(second);
    }
  }

  private static void assertEachHasData(FilledNode node) {
    for (JsonNode visualization : ImportFile.objects(FILE, "visualization")) {
      if (isNote(visualization)) {
        continue;
      }
      List<VisSearch.Row> rows = node.rows(visualization, ALL);
      String title = ImportFile.title(visualization);
      assertThat(rows)
          .as(title)
          .anyMatch(row -> row.values().values().stream().anyMatch(value -> value.asDouble() > 0));
      for (String column : rows.get(0).values().keySet()) {
        assertThat(rows)
            .as("%s, %s", title, column)
            .anySatisfy(row -> assertThat(row.values().get(column).asText("")).isNotEmpty());
      }
    }
  }

  private static void create(OpenSearch node, JsonNode hits) {
    StringBuilder bulk = new StringBuilder();
    for (JsonNode hit : hits) {
      JsonNode line = hit.path("_source");
      String stream =
          "logs-"
              + line.path("data_stream.dataset").asText()
              + "-"
              + line.path("data_stream.namespace").asText();
      bulk.append("{\"create\":{\"_index\":\"")
          .append(stream)
          .append("\"}}\n")
          .append(line)
          .append('\n');
    }
    JsonNode answer = node.api("POST", "/_bulk", bulk.toString());
    assertThat(answer.path("errors").asBoolean(true)).as(answer.toString()).isFalse();
  }

  private static void awaitAllKinds() {
    filled.refresh();
    for (String kind : KINDS) {
      assertThat(filled.count("data_stream.dataset:\"" + kind + "\"")).as(kind).isPositive();
    }
    assertThat(filled.count("labels.slow:true")).as("slow").isPositive();
    assertThat(filled.count(FAILED_ELSEWHERE)).as("failed elsewhere").isPositive();
  }

  private static void draw(
      DashboardPicture picture, JsonNode panel, JsonNode shown, String narrowed) {
    if (isNote(shown)) {
      picture.note(panel, shown);
    } else if (shown.path("type").asText().equals("search")) {
      picture.search(panel, shown, labels(), filled.hits(shown, narrowed));
    } else {
      picture.visualization(panel, shown, filled.rows(shown, narrowed));
    }
  }

  private static boolean isNote(JsonNode object) {
    return object.path("type").asText().equals("visualization")
        && ImportFile.visState(object).path("type").asText().equals("markdown");
  }

  private static JsonNode dashboard(String id) {
    return ImportFile.objects(FILE, "dashboard").stream()
        .filter(dashboard -> dashboard.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode shownBy(JsonNode dashboard, JsonNode panel) {
    String name = panel.path("panelIndex").asText() + ":" + panel.path("panelRefName").asText();
    for (JsonNode reference : dashboard.path("references")) {
      if (reference.path("name").asText().equals(name)) {
        return ImportFile.objects(FILE, reference.path("type").asText()).stream()
            .filter(object -> object.path("id").equals(reference.path("id")))
            .findFirst()
            .orElseThrow();
      }
    }
    throw new AssertionError(name);
  }

  /** The names of fields for readers. */
  private static Map<String, String> labels() {
    String names =
        ImportFile.objects(FILE, DataView.TYPE).get(0).at("/attributes/fieldAttrs").asText();
    Map<String, String> labels = new HashMap<>();
    ImportFile.parse(names)
        .properties()
        .forEach(
            field -> labels.put(field.getKey(), field.getValue().path("customLabel").asText()));
    return labels;
  }

  /** As the link of a request's id narrows it down. */
  private static String oneRequest() {
    JsonNode line = filled.lines(FAILED_ELSEWHERE, 1).path(0).path("_source");
    return "http.request.id:\"" + line.path("http.request.id").asText() + "\"";
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.GrafanaSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Grafana asks of a file before it shows it. No Grafana could be had to load them. */
class GrafanaFilesTest {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_]\\w*)");

  /** Grafana's own, and its InfluxDB's. */
  private static final Pattern BUILT_IN = Pattern.compile("__.*|timeFilter");

  static Stream<Path> dashboards() {
    return GrafanaFiles.dashboards().stream();
  }

  @Test
  void fitTheSchemaOfGrafanasOwnTypes() {
    assertThat(GrafanaSchema.violations(GrafanaFiles.dashboards())).isEmpty();
  }

  @Test
  void haveIdsOfTheirOwn() {
    List<String> ids =
        dashboards().map(file -> GrafanaFiles.json(file).path("uid").asText()).toList();

    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z0-9-]{1,40}"));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void asksForItsDataSourceAndUsesIt(Path file) {
    JsonNode dashboard = GrafanaFiles.json(file);

    assertThat(dashboard.path("__inputs")).hasSize(1);
    JsonNode input = dashboard.path("__inputs").path(0);
    assertThat(input.path("type").asText()).isEqualTo("datasource");
    JsonNode first = dashboard.path("templating").path("list").path(0);
    assertThat(first.path("query").asText()).isEqualTo(input.path("pluginId").asText());
    assertThat(first.path("current").path("value").asText())
        .isEqualTo("${" + input.path("name").asText() + "}");
    for (JsonNode source : dashboard.findValues("datasource")) {
      if (!source.path("type").asText().equals("grafana")) {
        assertThat(source.path("type")).isEqualTo(input.path("pluginId"));
        assertThat(source.path("uid").asText()).isEqualTo("${datasource}");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void requiresWhatItIsMadeOf(Path file) {
    JsonNode dashboard = GrafanaFiles.json(file);

    Set<String> required = new TreeSet<>();
    dashboard.path("__requires").forEach(part -> required.add(part.path("id").asText()));
    Set<String> used = new TreeSet<>(Set.of("grafana"));
    used.add(dashboard.path("__inputs").path(0).path("pluginId").asText());
    GrafanaFiles.panels(dashboard).forEach(panel -> used.add(panel.path("type").asText()));
    assertThat(required).isEqualTo(used);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsHaveIdsAndDoNotOverlap(Path file) {
    JsonNode panels = GrafanaFiles.json(file).path("panels");

    Set<Integer> ids = new HashSet<>();
    Set<String> cells = new HashSet<>();
    for (JsonNode panel : panels) {
      String title = panel.path("title").asText();
      assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
      JsonNode grid = panel.path("gridPos");
      int x = grid.path("x").asInt();
      int y = grid.path("y").asInt();
      assertThat(x + grid.path("w").asInt()).as(title).isBetween(1, 24);
      for (int column = x; column < x + grid.path("w").asInt(); column++) {
        for (int row = y; row < y + grid.path("h").asInt(); row++) {
          assertThat(cells.add(column + " " + row))
              .as(title + " at " + column + " " + row)
              .isTrue();
        }
      }
    }
    int height =
        cells.stream().mapToInt(cell -> Integer.parseInt(cell.split(" ")[1])).max().orElse(0) + 1;
    assertThat(cells).as("no hole").hasSize(24 * height);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsSayWhatTheyShow(Path file) {
    JsonNode dashboard = GrafanaFiles.json(file);

    assertThat(dashboard.path("description").asText()).isNotEmpty();
    for (JsonNode panel : GrafanaFiles.panels(dashboard)) {
      String title = panel.path("title").asText();
      assertThat(title).isNotEmpty();
      assertThat(panel.path("description").asText()).as(title).hasSizeGreaterThan(15).endsWith(".");
      assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
          .as(title)
          .isNotEmpty();
      assertThat(panel.path("fieldConfig").path("defaults").path("thresholds").path("steps"))
          .isNotEmpty();
      assertThat(panel.path("targets")).as(title).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void namesNoVariableThatItHasNot(Path file) {
    JsonNode dashboard = GrafanaFiles.json(file);

    Set<String> known = new TreeSet<>();
    dashboard.path("templating").path("list").forEach(one -> known.add(one.path("name").asText()));
    dashboard.path("__inputs").forEach(one -> known.add(one.path("name").asText()));
    List<String> named = new ArrayList<>();
    Matcher variable = VARIABLE.matcher(dashboard.toString());
    while (variable.find()) {
      named.add(variable.group(1));
    }
    named.removeIf(name -> BUILT_IN.matcher(name).matches() || name.startsWith("tag_"));
    assertThat(known).containsAll(named);
  }

  @Test
  void alertsSayWhatToDo() {
    for (Store store : Stores.all()) {
      List<JsonNode> rules = GrafanaFiles.alerts(store.folder());
      assertThat(rules).isNotEmpty();
      assertThat(rules)
          .extracting(rule -> rule.path("uid").asText())
          .doesNotHaveDuplicates()
          .allMatch(uid -> uid.length() <= 40);
      for (JsonNode rule : rules) {
        JsonNode annotations = rule.path("annotations");
        assertThat(annotations.path("summary").asText()).isNotEmpty();
        assertThat(annotations.path("description").asText()).hasSizeGreaterThan(60);
        assertThat(rule.path("labels").path("severity").asText()).isIn("warning", "critical");
        assertThat(rule.path("data"))
            .extracting(query -> query.path("refId").asText())
            .containsExactly("A", "B", "C");
        assertThat(rule.path("data").path(0).path("datasourceUid").asText())
            .isEqualTo(store.dataSourceUid());
        assertThat(rule.path("data").path(0).toString().replace("$timeFilter", ""))
            .doesNotContainPattern("[$][{]?[a-z]");
      }
    }
  }
}

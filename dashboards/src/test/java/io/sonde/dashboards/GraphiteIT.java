// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.dashboards.observed.ObservedShop;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.Graphite;
import io.sonde.testkit.StatsdDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Every query of the dashboards for Graphite, asked of a real one behind a real statsd, both with
 * the configuration that is shipped, but for its step of ten seconds, which is two here.
 */
class GraphiteIT {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  private static Graphite graphite;
  private static StatsdDaemon statsd;

  @BeforeAll
  static void start() throws IOException {
    String schemas = Files.readString(Path.of("graphite/storage-schemas.conf"));
    assertThat(schemas).contains("10s:6h");
    graphite =
        Graphite.start(
            schemas.replace("10s:6h", "2s:6h"),
            Files.readString(Path.of("graphite/storage-aggregation.conf")));
    statsd =
        StatsdDaemon.start(
            Files.readString(Path.of("statsd/config.js")),
            graphite.carbonPort(),
            Duration.ofSeconds(2));
    ObservedShop.shared().sendStatsdTo(statsd.port());
  }

  @AfterAll
  static void stop() {
    if (statsd != null) {
      statsd.close();
    }
    if (graphite != null) {
      graphite.close();
    }
  }

  @Test
  void everyTargetOfEveryPanelBringsData() {
    List<Path> files = GrafanaFiles.dashboards("graphite");
    assertThat(files).hasSameSizeAs(Dashboards.all());
    Eventually.passes(
        LIMIT,
        () -> {
          List<String> empty = new ArrayList<>();
          files.forEach(file -> empty.addAll(emptyTargets(GrafanaFiles.json(file))));
          assertThat(empty).isEmpty();
        });
    assertThat(statsd.stats()).contains("messages.bad_lines_seen: 0");
  }

  @Test
  void everySeriesIsCalledByWords() {
    Eventually.passes(
        LIMIT,
        () -> {
          List<String> names = new ArrayList<>();
          for (Path file : GrafanaFiles.dashboards("graphite")) {
            for (JsonNode panel : GrafanaFiles.panels(GrafanaFiles.json(file))) {
              panel.path("targets").forEach(target -> names.addAll(names(target)));
            }
          }
          assertThat(names)
              .hasSizeGreaterThan(100)
              .noneMatch(
                  name -> name.contains("stats.") || name.contains("(") || name.contains("\\"))
              .contains("orders-any", "4xx", "shop-db in use", "error");
        });
  }

  @Test
  void variablesOfferWhatThereIs() {
    JsonNode variables =
        GrafanaFiles.json(Path.of("grafana/graphite/clients.json")).path("templating").path("list");
    Eventually.passes(
        LIMIT,
        () -> {
          assertThat(offered(variables, "service")).contains("shop", "orders");
          assertThat(offered(variables, "instance")).contains("one");
          assertThat(offered(variables, "peer")).anyMatch(peer -> peer.startsWith("127_0_0_1_"));
          assertThat(offered(variables, "pool")).contains("shop-db", "orders-db");
        });
    JsonNode route =
        GrafanaFiles.json(Path.of("grafana/graphite/service.json")).path("templating").path("list");
    Eventually.passes(
        LIMIT, () -> assertThat(offered(route, "route")).contains("orders-any", "report", "bang"));
  }

  @Test
  void chosenServicesAreShownAlone() {
    JsonNode fleet = GrafanaFiles.json(Path.of("grafana/graphite/fleet.json"));
    String query =
        GrafanaFiles.panels(fleet).get(0).path("targets").path(0).path("target").asText();
    String one = query.replace("$service", "orders").replace("$instance", "{one,two}");

    Eventually.passes(
        LIMIT,
        () ->
            assertThat(graphite.render(one, "-1min"))
                .extracting(s -> s.path("target").asText())
                .containsExactly("orders"));
  }

  @Test
  void sharesAreInRange() {
    Eventually.passes(
        LIMIT,
        () -> {
          assertThat(values("service", "Apdex"))
              .isNotEmpty()
              .allMatch(value -> value >= 0 && value <= 1)
              .anyMatch(value -> value > 0.5);
          assertThat(values("service", "Errors"))
              .isNotEmpty()
              .allMatch(value -> value >= 0 && value <= 100)
              .anyMatch(value -> value > 1);
          assertThat(values("clients", "Connections in use"))
              .isNotEmpty()
              .allMatch(value -> value >= 0 && value <= 100)
              .anyMatch(value -> value > 1);
          assertThat(values("jvm", "File descriptors"))
              .isNotEmpty()
              .allMatch(value -> value > 0 && value < 100);
          assertThat(values("sonde", "CPU"))
              .isNotEmpty()
              .allMatch(value -> value >= 0 && value < 2)
              .anyMatch(value -> value > 0);
          assertThat(values("service", "95th percentile")).anyMatch(value -> value >= 600);
        });
  }

  @Test
  void everyAlertFindsItsSeries() {
    List<JsonNode> rules = GrafanaFiles.alerts("graphite");
    assertThat(rules).hasSameSizeAs(Alerts.all());
    for (JsonNode rule : rules) {
      String query = rule.path("data").path(0).path("model").path("target").asText();
      Eventually.that(LIMIT, () -> hasValue(graphite.render(query, "-15min")));
    }
  }

  @Test
  void anInstanceThatHasGoneIsTold() {
    long now = Instant.now().getEpochSecond();
    for (long at = now - 400; at < now - 200; at += 10) {
      graphite.put("stats.gauges.sonde.ghost.one.http.server.all.all.all.active", 1, at);
    }
    JsonNode gone =
        GrafanaFiles.alerts("graphite").stream()
            .filter(rule -> rule.path("title").asText().equals("Instance is gone"))
            .findFirst()
            .orElseThrow();
    String query = gone.path("data").path(0).path("model").path("target").asText();

    Eventually.passes(
        LIMIT,
        () -> {
          JsonNode series = graphite.render(query, "-15min");
          assertThat(last(series, "ghost one")).isEqualTo(1);
          assertThat(last(series, "shop one")).isEqualTo(0);
        });
  }

  @Test
  void aDeployIsAnnotated() {
    JsonNode annotations =
        GrafanaFiles.json(Path.of("grafana/graphite/service.json"))
            .path("annotations")
            .path("list");
    String query = chosen(annotations.path(1).path("target").path("target").asText());
    graphite.put(
        "stats.counters.sonde.ghost.one.sonde.started.1_4_2-6dc1db.count",
        1,
        Instant.now().getEpochSecond() - 20);

    Eventually.passes(
        LIMIT, () -> assertThat(last(graphite.render(query, "-5min"), "ghost 1_4_2")).isEqualTo(1));
  }

  @Test
  void longerStepsKeepWhatWasCounted() {
    Eventually.passes(
        LIMIT,
        () -> {
          JsonNode minutes =
              graphite.render(
                  "stats.counters.sonde.shop.one.http.server.orders-any.GET.2xx.count.count",
                  "-7h");
          assertThat(hasValue(minutes)).isTrue();
          assertThat(minutes.path(0).path("datapoints").size()).isLessThan(500);
        });
  }

  @Test
  @EnabledIfSystemProperty(named = "sonde.pictures", matches = ".+")
  void drawsTheDashboards() throws InterruptedException {
    Thread.sleep(120_000);
    GraphitePictures pictures =
        new GraphitePictures(query -> graphite.render(chosen(query), "-2min"));
    for (Path file : GrafanaFiles.dashboards("graphite")) {
      String name = file.getFileName().toString().replace(".json", "");
      pictures
          .of(GrafanaFiles.json(file), "drawn from what Graphite answered to the panels' queries")
          .saveIfAsked("grafana-" + name + ".svg");
    }
  }

  private static List<String> names(JsonNode target) {
    List<String> names = new ArrayList<>();
    graphite
        .render(chosen(target.path("target").asText()), "-1min")
        .forEach(series -> names.add(series.path("target").asText()));
    return names;
  }

  private static List<String> offered(JsonNode variables, String name) {
    for (JsonNode variable : variables) {
      if (variable.path("name").asText().equals(name)) {
        List<String> offered = new ArrayList<>();
        graphite
            .find(chosen(variable.path("query").asText()))
            .forEach(found -> offered.add(found.path("text").asText()));
        return offered;
      }
    }
    throw new AssertionError("no variable " + name);
  }

  /** Of all series of the first panel of that title. */
  private static List<Double> values(String file, String title) {
    JsonNode dashboard = GrafanaFiles.json(Path.of("grafana/graphite/" + file + ".json"));
    JsonNode panel =
        GrafanaFiles.panels(dashboard).stream()
            .filter(one -> one.path("title").asText().equals(title))
            .findFirst()
            .orElseThrow();
    List<Double> values = new ArrayList<>();
    for (JsonNode series :
        graphite.render(chosen(panel.path("targets").path(0).path("target").asText()), "-1min")) {
      series.path("datapoints").forEach(point -> number(point).ifPresent(values::add));
    }
    return values;
  }

  private static Optional<Double> number(JsonNode point) {
    return point.path(0).isNumber() ? Optional.of(point.path(0).asDouble()) : Optional.empty();
  }

  /** The last value that a series has; NaN where there is none. */
  private static double last(JsonNode all, String name) {
    double last = Double.NaN;
    for (JsonNode series : all) {
      if (series.path("target").asText().equals(name)) {
        for (JsonNode point : series.path("datapoints")) {
          last = number(point).orElse(last);
        }
      }
    }
    return last;
  }

  private static List<String> emptyTargets(JsonNode dashboard) {
    List<String> empty = new ArrayList<>();
    for (JsonNode panel : GrafanaFiles.panels(dashboard)) {
      for (JsonNode target : panel.path("targets")) {
        String query = chosen(target.path("target").asText());
        if (!hasValue(graphite.render(query, "-2min"))) {
          empty.add(
              dashboard.path("title").asText()
                  + ", "
                  + panel.path("title").asText()
                  + ": "
                  + query);
        }
      }
    }
    return empty;
  }

  /** As Grafana does it where all are chosen. */
  private static String chosen(String query) {
    return query.replaceAll("\\$(service|instance|route|peer|pool)\\b", "*");
  }

  private static boolean hasValue(JsonNode series) {
    for (JsonNode one : series) {
      for (JsonNode point : one.path("datapoints")) {
        if (point.path(0).isNumber()) {
          return true;
        }
      }
    }
    return false;
  }
}

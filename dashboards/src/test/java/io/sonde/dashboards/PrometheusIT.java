// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.dashboards.Targets.Target;
import io.sonde.dashboards.observed.ObservedShop;
import io.sonde.dashboards.prometheus.StatsdExporter;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.Prometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The committed files for Prometheus on a real one, which scrapes what the shipped mapping makes of
 * the agents' own lines.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PrometheusIT {

  /** Pauses of the collector and reasons of losses take their time to come. */
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private static final Duration SHOWN = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

  private StatsdExporter exporter;
  private Prometheus prometheus;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    exporter = StatsdExporter.start(Files.readString(Path.of("prometheus/statsd_mapping.yml")));
    Files.copy(Path.of("prometheus/rules.yml"), folder.resolve("rules.yml"));
    Path configuration =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            Files.readString(Path.of("prometheus/prometheus.yml"))
                .replace("15s", "1s")
                .replace("statsd-exporter:9102", exporter.address()));
    ObservedShop.shared().sendStatsdTo(exporter.port());
    prometheus = Prometheus.start(configuration);
  }

  @AfterAll
  void stop() {
    if (prometheus != null) {
      prometheus.close();
    }
    exporter.close();
  }

  @Test
  void everyTargetOfEveryPanelHasValues() {
    List<Target> empty = new ArrayList<>(Targets.of("prometheus"));
    assertThat(empty).hasSizeGreaterThan(60);

    Eventually.passes(
        LIMIT,
        () -> {
          empty.removeIf(target -> hasValues(target.query()));
          Thread.sleep(500);
          assertThat(empty).isEmpty();
        });
  }

  @Test
  void everyVariableHasValues() {
    Map<String, JsonNode> variables = Targets.variables("prometheus");
    assertThat(variables).containsKeys("service", "instance", "route", "peer", "pool");

    Eventually.passes(
        LIMIT,
        () -> {
          for (JsonNode variable : variables.values()) {
            assertThat(values(variable)).as(variable.toString()).isNotEmpty();
          }
          assertThat(values(variables.get("service"))).containsExactly("orders", "shop");
          assertThat(values(variables.get("route"))).contains("orders-any", "report");
        });
  }

  @Test
  void whatAVariableChoosesIsAllThatIsShown() {
    String query =
        Targets.of("prometheus").stream()
            .map(target -> target.query().path("expr").asText())
            .filter(expression -> expression.contains("$route"))
            .findFirst()
            .orElseThrow();

    Eventually.that(LIMIT, () -> value(expanded(query, "orders-any")) > 0);
    assertThat(value(expanded(query, "orders-any"))).isLessThan(value(expanded(query, ".*")));
    assertThat(prometheus.query(expanded(query, "nowhere"))).isEmpty();
  }

  @Test
  void startsAreAnnotatedWithTheirVersion() {
    JsonNode deploys = Targets.annotations("prometheus").get("Deploys");

    Eventually.passes(
        LIMIT,
        () -> {
          JsonNode started =
              range(expanded(deploys.path("expr").asText(), ".*"), Duration.ofMinutes(5));
          assertThat(started.findValuesAsText("service")).contains("orders", "shop");
          assertThat(started.findValuesAsText("version")).allMatch(v -> v.startsWith("1_0_0"));
        });
  }

  @Test
  void everyRuleIsEvaluatedWithoutAnError() {
    Prometheus.promtool("check", "rules", "prometheus/rules.yml");
    Prometheus.promtool("test", "rules", "src/test/prometheus/rules_test.yml");
    Prometheus.promtool("check", "config", "--syntax-only", "prometheus/prometheus.yml");

    Eventually.passes(
        LIMIT,
        () -> {
          List<String> health = prometheus.api("/rules").findValuesAsText("health");
          assertThat(health).hasSizeGreaterThan(7).containsOnly("ok");
        });
  }

  @Test
  void takesEveryLineOfTheAgents() {
    Eventually.that(LIMIT, () -> exporter.metrics().contains("sonde_jvm_gc_pause_seconds_count"));

    assertThat(exporter.refused()).isEmpty();
    Eventually.passes(
        LIMIT,
        () ->
            assertThat(prometheus.query("up").findValuesAsText("instance"))
                .containsExactly(exporter.address()));
  }

  private boolean hasValues(JsonNode query) {
    String expression = expanded(query.path("expr").asText(), ".*");
    JsonNode result =
        query.path("instant").asBoolean() ? prometheus.query(expression) : range(expression, SHOWN);
    for (JsonNode series : result) {
      for (String label : labels(query.path("legendFormat").asText())) {
        assertThat(series.path("metric").path(label).asText())
            .as("%s of %s", label, query)
            .isNotEmpty();
      }
      if (isNumber(series.path("value")) || isNumberIn(series.path("values"))) {
        return true;
      }
    }
    return false;
  }

  private static List<String> labels(String legend) {
    return Pattern.compile("\\{\\{(\\w+)}}")
        .matcher(legend)
        .results()
        .map(m -> m.group(1))
        .toList();
  }

  private static boolean isNumberIn(JsonNode values) {
    for (JsonNode value : values) {
      if (isNumber(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNumber(JsonNode timeAndValue) {
    return timeAndValue.has(1) && Double.isFinite(Double.parseDouble(number(timeAndValue)));
  }

  /** Prometheus writes infinity shorter than Java. */
  private static String number(JsonNode timeAndValue) {
    return timeAndValue.path(1).asText().replace("Inf", "Infinity");
  }

  private double value(String expression) {
    JsonNode result = prometheus.query(expression);
    return result.isEmpty() ? -1 : Double.parseDouble(number(result.path(0).path("value")));
  }

  private JsonNode range(String expression, Duration back) {
    return prometheus.queryRange(expression, back, STEP);
  }

  /** As Grafana does it, with all that there is chosen but for the routes. */
  private static String expanded(String expression, String route) {
    String expanded =
        expression
            .replace("$__rate_interval", "10s")
            .replace("$__range", SHOWN.toSeconds() + "s")
            .replace("$__interval", STEP.toSeconds() + "s")
            .replace("$route", route)
            .replaceAll("\\$(service|instance|peer|pool)", ".*");
    assertThat(expanded).doesNotContain("$");
    return expanded;
  }

  private List<String> values(JsonNode variable) {
    String query = variable.path("query").path("query").asText();
    Matcher parts = LABEL_VALUES.matcher(expanded(query, ".*"));
    assertThat(parts.matches()).as(query).isTrue();
    Map<String, String> values = new TreeMap<>();
    prometheus
        .query("group by (%s) (%s)".formatted(parts.group(2), parts.group(1)))
        .findValuesAsText(parts.group(2))
        .forEach(value -> values.put(value, value));
    return List.copyOf(values.keySet());
  }
}

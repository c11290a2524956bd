// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.dashboards.Targets.Target;
import io.sonde.dashboards.observed.ObservedShop;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.InfluxDb;
import io.sonde.testkit.StatsdDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The committed files for InfluxDB on a real one, behind a real statsd; both with the configuration
 * that is shipped.
 */
class InfluxDbIT {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int SHOWN_SECONDS = 30;
  private static final Pattern TAG = Pattern.compile("\\[\\[tag_(\\w+)]]");

  private static InfluxDb influx;
  private static StatsdDaemon statsd;

  @BeforeAll
  static void start() throws IOException {
    influx = InfluxDb.start(Files.readString(Path.of("influxdb/influxdb.conf")));
    statsd =
        StatsdDaemon.start(
            Files.readString(Path.of("statsd/config.js")),
            influx.graphitePort(),
            Duration.ofSeconds(1));
    ObservedShop.shared().sendStatsdTo(statsd.port());
  }

  @AfterAll
  static void stop() {
    if (statsd != null) {
      statsd.close();
    }
    if (influx != null) {
      influx.close();
    }
  }

  @Test
  void everyTargetOfEveryPanelHasValues() {
    List<Target> empty = new ArrayList<>(Targets.of("influxdb"));
    assertThat(empty).hasSizeGreaterThan(60);

    Eventually.passes(
        LIMIT,
        () -> {
          empty.removeIf(InfluxDbIT::hasValues);
          Thread.sleep(500);
          assertThat(empty).isEmpty();
        });
  }

  @Test
  void everyVariableHasValues() {
    Map<String, JsonNode> variables = Targets.variables("influxdb");
    assertThat(variables).containsKeys("service", "instance", "route", "peer", "pool");

    Eventually.passes(
        LIMIT,
        () -> {
          assertThat(values(variables.get("service"))).containsExactly("orders", "shop");
          assertThat(values(variables.get("instance"))).containsExactly("one");
          assertThat(values(variables.get("route"))).contains("orders-any", "report");
          assertThat(values(variables.get("pool"))).contains("orders-db", "shop-db");
          assertThat(values(variables.get("peer"))).isNotEmpty();
        });
  }

  @Test
  void whatAVariableChoosesIsAllThatIsShown() {
    String query =
        Targets.of("influxdb").stream()
            .filter(target -> target.panel().equals("Requests"))
            .findFirst()
            .orElseThrow()
            .query()
            .path("query")
            .asText();

    Eventually.that(LIMIT, () -> last(query, "orders") > 0 && last(query, "shop|orders") > 0);
    assertThat(last(query, "nowhere")).isNaN();
  }

  @Test
  void startsAreAnnotatedWithTheirVersion() {
    String query = Targets.annotations("influxdb").get("Deploys").path("query").asText();

    Eventually.passes(
        LIMIT,
        () -> {
          JsonNode started =
              influx
                  .query("sonde", expanded(query.replace("$timeFilter", "time > 0"), ".*"))
                  .path(0);
          assertThat(started.path("columns").toString()).contains("\"service\",\"item\"");
          assertThat(started.path("values").toString())
              .contains("\"orders\",\"1_0_0-", "\"shop\",\"1_0_0-");
        });
  }

  @Test
  void everyAlertFindsItsSeries() {
    for (JsonNode rule : GrafanaFiles.alerts("influxdb")) {
      String query = rule.path("data").path(0).path("model").path("query").asText();
      Eventually.that(LIMIT, () -> isNumberIn(influx.query("sonde", expanded(query, ".*"))));
    }
  }

  private static boolean hasValues(Target target) {
    JsonNode series = influx.query("sonde", expanded(target.query().path("query").asText(), ".*"));
    series.forEach(one -> assertThat(words(target, one)).as("%s: %s", target, one).isTrue());
    return isNumberIn(series);
  }

  /** Whether a series of a line is called by its labels' values. */
  private static boolean words(Target target, JsonNode series) {
    Matcher tag = TAG.matcher(target.query().path("alias").asText());
    boolean[] all = {true};
    String name =
        tag.replaceAll(
            found -> {
              String value = series.path("tags").path(found.group(1)).asText();
              all[0] &= !value.isEmpty();
              return Matcher.quoteReplacement(value);
            });
    long renamed =
        StreamSupport.stream(target.transformations().spliterator(), false)
            .filter(one -> name.matches(one.path("options").path("regex").asText()))
            .count();
    boolean toBeRenamed = !target.transformations().isEmpty() && series.path("tags").has("item");
    return all[0] && renamed == (toBeRenamed ? 1 : 0);
  }

  private static boolean isNumberIn(JsonNode allSeries) {
    for (JsonNode series : allSeries) {
      for (JsonNode row : series.path("values")) {
        if (row.path(1).isNumber()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Of the only series; NaN where there is none. */
  private static double last(String query, String services) {
    JsonNode rows = influx.query("sonde", expanded(query, services)).path(0).path("values");
    double last = Double.NaN;
    for (JsonNode row : rows) {
      last = row.path(1).isNumber() ? row.path(1).asDouble() : last;
    }
    return last;
  }

  private static List<String> values(JsonNode variable) {
    JsonNode series = influx.query("sonde", expanded(variable.path("query").asText(), ".*"));
    List<String> values = new ArrayList<>();
    series.path(0).path("values").forEach(row -> values.add(row.path(1).asText()));
    return values.stream().sorted().toList();
  }

  /** As Grafana does it. */
  private static String expanded(String query, String services) {
    String expanded =
        query
            .replace("$timeFilter", "time >= now() - " + SHOWN_SECONDS + "s AND time <= now()")
            .replace("$__interval_ms", "5000")
            .replace("$__interval", "5s")
            .replace("$__range_ms", SHOWN_SECONDS + "000")
            .replace("$service", "(" + services + ")")
            .replaceAll("\\$(instance|route|peer|pool)\\b", ".*");
    assertThat(expanded).doesNotContainPattern("\\$\\w");
    return expanded;
  }
}

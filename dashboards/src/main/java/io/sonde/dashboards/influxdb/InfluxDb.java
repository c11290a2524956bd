// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.influxdb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sonde.dashboards.Line;
import io.sonde.dashboards.Metric;
import io.sonde.dashboards.Metrics;
import io.sonde.dashboards.Question;
import io.sonde.dashboards.Question.Apdex;
import io.sonde.dashboards.Question.Gone;
import io.sonde.dashboards.Question.Percent;
import io.sonde.dashboards.Question.Select;
import io.sonde.dashboards.Question.Top;
import io.sonde.dashboards.Store;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** InfluxDB, asked in InfluxQL. */
public final class InfluxDb implements Store {

  /** Between the tags of a name that a transformation makes words of. */
  private static final String BETWEEN = " / ";

  @Override
  public String folder() {
    return "influxdb";
  }

  @Override
  public String title() {
    return "InfluxDB";
  }

  @Override
  public String plugin() {
    return "influxdb";
  }

  @Override
  public Optional<ObjectNode> target(Line line, Scope scope) {
    return Optional.of(
        JsonNodeFactory.instance
            .objectNode()
            .put("query", query(line.question(), scope))
            .put("rawQuery", true)
            .put("resultFormat", "time_series")
            .put("alias", alias(line)));
  }

  @Override
  public ObjectNode variable(Metric metric, String label) {
    List<String> chosen = new ArrayList<>();
    if (!label.equals("service")) {
      chosen.add(matches("service", "$service"));
      if (!label.equals("instance")) {
        chosen.add(matches("instance", "$instance"));
      }
    }
    String query =
        "SHOW TAG VALUES FROM \"%s\" WITH KEY = \"%s\""
                .formatted(new Place(metric).measurement(), label)
            + (chosen.isEmpty() ? "" : " WHERE " + String.join(" AND ", chosen));
    return JsonNodeFactory.instance.objectNode().put("query", query).put("allValue", ".*");
  }

  /** Every start. One with another version than the one before it is a deploy. */
  @Override
  public Optional<ObjectNode> deploys() {
    String query =
        "SELECT \"count\", \"service\", \"item\" FROM \"%s\" WHERE %s AND %s AND \"count\" > 0 AND $timeFilter"
            .formatted(
                new Place(Metrics.STARTED).measurement(),
                matches("service", "$service"),
                matches("instance", "$instance"));
    return Optional.of(
        JsonNodeFactory.instance
            .objectNode()
            .put("query", query)
            .put("fromAnnotations", true)
            .put("textColumn", "item")
            .put("tagsColumn", "service"));
  }

  /** Of the labels that alerts have, a check alone is an item. */
  @Override
  public String seriesInAlert(List<String> labels) {
    return labels.stream()
        .map(label -> "{{ $labels." + (label.equals("check") ? "item" : label) + " }}")
        .collect(Collectors.joining(" "));
  }

  // ---- Names

  private static String alias(Line line) {
    Place place = new Place(line.question().select().metric());
    List<String> by = line.question().by();
    if (by.stream().noneMatch(place::isPart)) {
      String alias = line.legend();
      for (String label : by) {
        alias = alias.replace("{" + label + "}", "[[tag_" + place.tag(label) + "]]");
      }
      return alias;
    }
    List<String> tags = new ArrayList<>();
    tags(place, by).forEach(tag -> tags.add("[[tag_" + tag + "]]"));
    return String.join(BETWEEN, tags);
  }

  /** Where a label is a part of a tag only, Grafana cuts it out. */
  @Override
  public Optional<ObjectNode> transformation(Line line) {
    Select select = line.question().select();
    Place place = new Place(select.metric());
    List<String> by = line.question().by();
    if (by.stream().noneMatch(place::isPart)) {
      return Optional.empty();
    }
    List<String> groups = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    for (String tag : tags(place, by)) {
      if (tag.equals("item")) {
        parts.add(place.itemsGrouped(select.where(), by, groups));
      } else {
        groups.add(tag);
        parts.add("(.+)");
      }
    }
    String words = line.legend();
    for (int i = 0; i < groups.size(); i++) {
      words = words.replace("{" + groups.get(i) + "}", "$" + (i + 1));
    }
    ObjectNode rename = JsonNodeFactory.instance.objectNode().put("id", "renameByRegex");
    rename
        .putObject("options")
        .put("regex", String.join(BETWEEN, parts))
        .put("renamePattern", words);
    return Optional.of(rename);
  }

  private static Set<String> tags(Place place, List<String> labels) {
    Set<String> tags = new LinkedHashSet<>();
    labels.forEach(label -> tags.add(place.tag(label)));
    return tags;
  }

  // ---- Questions

  private static String query(Question question, Scope scope) {
    Window window = scope == Scope.ALL ? Window.FIVE_MINUTES : Window.STEP;
    return query(question, scope, window);
  }

  private static String query(Question question, Scope scope, Window window) {
    if (question instanceof Select select) {
      return series(select, scope, window);
    } else if (question instanceof Percent percent) {
      return percent(percent, scope, window);
    } else if (question instanceof Apdex apdex) {
      return apdex(apdex.timer(), scope, window);
    } else if (question instanceof Gone gone) {
      return gone(gone.gauge(), scope);
    }
    // One value each, of all the time that is shown. InfluxQL cannot sort series.
    return query(((Top) question).of(), scope, Window.SHOWN);
  }

  private static String series(Select select, Scope scope, Window window) {
    return switch (select.stat()) {
      case RATE -> from(window.aSecond("sum(\"count\")"), select, scope, window, "0");
      case TOTAL -> from("sum(\"count\")", select, scope, window, "0");
      case BUSY -> from(window.aSecond("sum(\"sum\")"), select, scope, window, "0");
      case MEDIAN -> from("mean(\"median\")", select, scope, window, "none");
      case P95 -> from("max(\"upper_95\")", select, scope, window, "none");
      case P99 -> from("max(\"upper_99\")", select, scope, window, "none");
      case MAX -> from("max(\"upper\")", select, scope, window, "none");
      case MEAN -> from("mean(\"value\")", select, scope, window, "none");
      case HIGHEST -> from("max(\"value\")", select, scope, window, "none");
      case SUM ->
          "SELECT sum(\"v\") FROM (%s) WHERE %s%s"
              .formatted(
                  eachGauge("v", select, scope, window),
                  window.time(),
                  group(select, window, "none"));
    };
  }

  private static String from(String what, Select select, Scope scope, Window window, String fill) {
    return "SELECT %s FROM \"%s\" WHERE %s AND %s%s"
        .formatted(
            what,
            new Place(select.metric()).measurement(),
            conditions(select, scope),
            window.time(),
            group(select, window, fill));
  }

  /** The mean of each series by itself, so that those of several may be added up. */
  private static String eachGauge(String name, Select select, Scope scope, Window window) {
    String groups = window.group().isEmpty() ? "*" : window.group() + ", *";
    return "SELECT mean(\"value\") AS \"%s\" FROM \"%s\" WHERE %s AND %s GROUP BY %s fill(none)"
        .formatted(
            name,
            new Place(select.metric()).measurement(),
            conditions(select, scope),
            window.time(),
            groups);
  }

  private static String percent(Percent percent, Scope scope, Window window) {
    return "SELECT 100 * sum(\"part\") / sum(\"whole\") FROM (%s), (%s) WHERE %s%s"
        .formatted(
            each("part", percent.part(), scope, window),
            each("whole", percent.whole(), scope, window),
            window.time(),
            group(percent.whole(), window, "0"));
  }

  private static String each(String name, Select select, Scope scope, Window window) {
    return select.metric().kind() == Metric.Kind.GAUGE
        ? eachGauge(name, select, scope, window)
        : "SELECT \"count\" AS \"%s\" FROM \"%s\" WHERE %s AND %s"
            .formatted(
                name,
                new Place(select.metric()).measurement(),
                conditions(select, scope),
                window.time());
  }

  /** Statsd's bins are apart: what is in one is in no other. */
  private static String apdex(Select timer, Scope scope, Window window) {
    String satisfied = "sum(\"histogram.bin_" + Apdex.SATISFIED_MILLIS + "\")";
    String tolerated = "sum(\"histogram.bin_" + Apdex.TOLERATED_MILLIS + "\")";
    String rest = "sum(\"histogram.bin_inf\")";
    String share = "(%1$s + %2$s / 2) / (%1$s + %2$s + %3$s)".formatted(satisfied, tolerated, rest);
    return from(share, timer, scope, window, "none");
  }

  /** Above 0 where two minutes have brought nothing. */
  private static String gone(Select gauge, Scope scope) {
    return from("1 - count(\"value\")", gauge, scope, Window.TWO_MINUTES, "0");
  }

  // ---- Parts

  private static String group(Select select, Window window, String fill) {
    List<String> groups = new ArrayList<>();
    if (!window.group().isEmpty()) {
      groups.add(window.group());
    }
    Place place = new Place(select.metric());
    tags(place, select.by()).forEach(tag -> groups.add('"' + tag + '"'));
    String fills = window.group().isEmpty() ? "" : " fill(" + fill + ")";
    return groups.isEmpty() ? "" : " GROUP BY " + String.join(", ", groups) + fills;
  }

  private static String conditions(Select select, Scope scope) {
    Place place = new Place(select.metric());
    List<String> conditions = new ArrayList<>();
    if (scope == Scope.CHOSEN) {
      conditions.add(matches("service", "$service"));
      conditions.add(matches("instance", "$instance"));
    }
    for (Map.Entry<String, List<String>> label : select.where().entrySet()) {
      List<String> values = label.getValue();
      boolean variable = values.get(0).startsWith("$");
      if (!place.isPart(label.getKey()) && !(variable && scope == Scope.ALL)) {
        String value = variable ? values.get(0) : "(" + String.join("|", values) + ")";
        conditions.add(matches(place.tag(label.getKey()), value));
      }
    }
    if (place.hasItem() && !place.isEveryItem()) {
      conditions.add(matches("item", place.items(select.where())));
    }
    return conditions.isEmpty() ? "\"service\" != ''" : String.join(" AND ", conditions);
  }

  private static String matches(String tag, String expression) {
    return "\"%s\" =~ /^%s$/".formatted(tag, expression);
  }
}

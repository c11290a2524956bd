// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.graphite;

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
import io.sonde.dashboards.Stat;
import io.sonde.dashboards.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Graphite 1.1 behind statsd with {@code statsd/config.js}: its percentiles and the bins that Apdex
 * needs are set there.
 */
public final class Graphite implements Store {

  @Override
  public String folder() {
    return "graphite";
  }

  @Override
  public String title() {
    return "Graphite";
  }

  @Override
  public String plugin() {
    return "graphite";
  }

  @Override
  public Optional<ObjectNode> target(Line line, Scope scope) {
    String target = named(line, scope);
    return Optional.of(
        JsonNodeFactory.instance.objectNode().put("target", target).put("textEditor", true));
  }

  @Override
  public ObjectNode variable(Metric metric, String label) {
    Stat any = metric.kind() == Metric.Kind.GAUGE ? Stat.SUM : Stat.RATE;
    String query = new Path(new Select(metric, any, Map.of(), List.of()), Scope.CHOSEN).upTo(label);
    return JsonNodeFactory.instance.objectNode().put("query", query).put("allValue", "*");
  }

  @Override
  public Optional<ObjectNode> deploys() {
    Select starts =
        new Select(Metrics.STARTED, Stat.TOTAL, Map.of(), List.of("service", "version"));
    // A point of 0 is no event.
    String started = series(starts, Scope.CHOSEN);
    String words =
        call("aliasSub", started, quoted("^([^.]+)\\.(.+?)(?:-[0-9a-f]{6})?$"), quoted("\\1 \\2"));
    ObjectNode annotation = JsonNodeFactory.instance.objectNode();
    annotation
        .putObject("target")
        .put("queryType", "annotations")
        .put("fromAnnotations", true)
        .put("textEditor", true)
        .put("target", words);
    return Optional.of(annotation);
  }

  @Override
  public String seriesInAlert(List<String> labels) {
    // Grafana knows a series of Graphite by its alias alone.
    return "{{ $labels.name }}";
  }

  // ---- Names

  /** The question's target under the names of its legend. */
  private static String named(Line line, Scope scope) {
    Question question = line.question();
    String target = target(question, scope);
    if (question.by().isEmpty()) {
      return call("alias", target, quoted(line.legend()));
    }
    List<String> groups = new ArrayList<>();
    String pattern = new Path(question.select(), scope).groupPattern(question.by(), groups);
    String name = line.legend();
    for (int i = 0; i < groups.size(); i++) {
      name = name.replace("{" + groups.get(i) + "}", "\\" + (i + 1));
    }
    return call("aliasSub", target, quoted(pattern), quoted(name));
  }

  // ---- Functions

  private static String target(Question question, Scope scope) {
    if (question instanceof Select select) {
      return series(select, scope);
    } else if (question instanceof Percent percent) {
      return percent(percent, scope);
    } else if (question instanceof Apdex apdex) {
      return apdex(apdex.timer(), scope);
    } else if (question instanceof Gone gone) {
      return gone(gone.gauge(), scope);
    }
    Top top = (Top) question;
    return call("highestAverage", target(top.of(), scope), String.valueOf(top.count()));
  }

  private static String series(Select select, Scope scope) {
    String merged = merged(select, glob(select, scope), scope);
    return select.stat() == Stat.BUSY ? call("scaleToSeconds", merged, "1") : merged;
  }

  /** Series of the select's path, those of one group made one. */
  private static String merged(Select select, String series, Scope scope) {
    String how =
        switch (select.stat()) {
          case RATE, TOTAL, BUSY, SUM -> "sum";
          case MEDIAN, MEAN -> "average";
          case P95, P99, MAX, HIGHEST -> "max";
        };
    List<Integer> nodes = new Path(select, scope).positions(select.by());
    if (nodes.isEmpty()) {
      return call(how + "Series", series);
    }
    StringBuilder arguments = new StringBuilder(quoted(how));
    nodes.forEach(node -> arguments.append(',').append(node));
    return call("groupByNodes", series, arguments.toString());
  }

  private static String glob(Select select, Scope scope) {
    return new Path(select, scope).glob(leaf(select));
  }

  private static String leaf(Select select) {
    boolean timer = select.metric().kind() == Metric.Kind.TIMER;
    return switch (select.stat()) {
      case RATE -> timer ? ".count_ps" : ".rate";
      case TOTAL -> ".count";
      case MEDIAN -> ".median";
      case P95 -> ".upper_95";
      case P99 -> ".upper_99";
      case MAX -> ".upper";
      case BUSY -> ".sum";
      case SUM, MEAN, HIGHEST -> "";
    };
  }

  /** Where there is the whole but no part of it, nothing failed: that is 0, and not unknown. */
  private static String percent(Percent percent, Scope scope) {
    String whole = glob(percent.whole(), scope);
    String part = call("group", glob(percent.part(), scope), call("scale", whole, "0"));
    return share(
        percent.whole(),
        merged(percent.part(), part, scope),
        merged(percent.whole(), whole, scope));
  }

  /** In percent. Both are groups of the same names, of which each is matched with its own. */
  private static String share(Select select, String part, String whole) {
    StringBuilder arguments = new StringBuilder(whole);
    for (int node = 0; node < select.by().size(); node++) {
      arguments.append(',').append(node);
    }
    return call("asPercent", part, arguments.toString());
  }

  private static String apdex(Select timer, Scope scope) {
    Path path = new Path(timer, scope);
    String satisfied = path.glob(".histogram.bin_" + Apdex.SATISFIED_MILLIS);
    String tolerated = path.glob(".histogram.bin_" + Apdex.TOLERATED_MILLIS);
    String happy = call("group", satisfied, call("scale", tolerated, "0.5"));
    String share =
        share(
            timer,
            merged(timer, happy, scope),
            merged(timer, path.glob(".histogram.bin_*"), scope));
    return call("scale", share, "0.01");
  }

  private static String gone(Select gauge, Scope scope) {
    String alive = merged(gauge, call("removeEmptySeries", glob(gauge, scope)), scope);
    String told = call("movingMax", call("isNonNull", alive), quoted("2min"));
    return call("offset", call("scale", told, "-1"), "1");
  }

  private static String call(String function, String... arguments) {
    return function + "(" + String.join(",", arguments) + ")";
  }

  private static String quoted(String text) {
    return "'" + text + "'";
  }
}

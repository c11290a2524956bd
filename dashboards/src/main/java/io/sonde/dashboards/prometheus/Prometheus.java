// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.prometheus;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sonde.dashboards.Alert;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Prometheus 2 or 3, which scrapes a statsd_exporter with {@code prometheus/statsd_mapping.yml}.
 */
public final class Prometheus implements Store {

  @Override
  public String folder() {
    return "prometheus";
  }

  @Override
  public String title() {
    return "Prometheus";
  }

  @Override
  public String plugin() {
    return "prometheus";
  }

  /** {@code statsd_mapping.yml}. */
  public static ObjectNode mapping() {
    return Mapping.file(Metrics.all());
  }

  /** {@code rules.yml}. */
  public static ObjectNode rules(List<Alert> alerts) {
    return Rules.file(alerts);
  }

  @Override
  public Optional<ObjectNode> target(Line line, Scope scope) {
    boolean top = line.question() instanceof Top;
    return Optional.of(
        JsonNodeFactory.instance
            .objectNode()
            .put("expr", expression(line.question(), scope))
            .put("legendFormat", words(line.legend()))
            .put("editorMode", "code")
            // Of a range the highest of each step would be shown, which are more than the highest.
            .put("instant", top)
            .put("range", !top));
  }

  @Override
  public ObjectNode variable(Metric metric, String label) {
    Scope scope = label.equals("service") ? Scope.ALL : Scope.CHOSEN;
    Selector selector = new Selector(scope);
    if (label.equals("instance")) {
      selector.services();
    } else {
      selector.chosen();
    }
    String series = metric.kind() == Metric.Kind.TIMER ? "_count" : "";
    String query = "label_values(%s, %s)".formatted(Names.of(metric) + series + selector, label);
    ObjectNode variable = JsonNodeFactory.instance.objectNode();
    variable.put("allValue", ".*");
    variable.putObject("query").put("qryType", 1).put("query", query).put("refId", "variable");
    return variable;
  }

  /** Every start. One with another version than the one before it is a deploy. */
  @Override
  public Optional<ObjectNode> deploys() {
    String started = Names.of(Metrics.STARTED) + new Selector(Scope.CHOSEN).chosen();
    String by = " by (service, version) (";
    String again = "sum" + by + "increase(" + started + "[1m])) > 0";
    String first = "group" + by + started + " unless " + started + " offset 1m)";
    return Optional.of(
        JsonNodeFactory.instance
            .objectNode()
            .put("expr", again + " or " + first)
            .put("step", "30s")
            .put("titleFormat", "{{service}} {{version}}")
            .put("textFormat", "started")
            .put("tagKeys", "service,version")
            .put("useValueForTime", false));
  }

  @Override
  public String seriesInAlert(List<String> labels) {
    return labels.stream()
        .map(label -> "{{ $labels." + label + " }}")
        .collect(Collectors.joining(" "));
  }

  private static String words(String legend) {
    return legend.replace("{", "{{").replace("}", "}}");
  }

  // ---- Questions

  static String expression(Question question, Scope scope) {
    return expression(question, scope, scope == Scope.ALL ? "5m" : "$__rate_interval");
  }

  /**
   * @param window over which is counted
   */
  private static String expression(Question question, Scope scope, String window) {
    if (question instanceof Select select) {
      return series(select, scope, window);
    } else if (question instanceof Percent percent) {
      return percent(percent, scope, window);
    } else if (question instanceof Apdex apdex) {
      return apdex(apdex.timer(), scope, window);
    } else if (question instanceof Gone gone) {
      return gone(gone.gauge(), scope);
    }
    Top top = (Top) question;
    return "topk(%d, %s)".formatted(top.count(), expression(top.of(), scope, "$__range"));
  }

  private static String series(Select select, Scope scope, String window) {
    String name = Names.of(select.metric());
    boolean timer = select.metric().kind() == Metric.Kind.TIMER;
    return switch (select.stat()) {
      case RATE -> sum(select, rate(select, timer ? name + "_count" : name, "", scope, window));
      case TOTAL ->
          sum(
              select,
              "increase(%s[%s])"
                  .formatted((timer ? name + "_count" : name) + selector(select, scope), window));
      case BUSY -> "1000 * " + sum(select, rate(select, name + "_sum", "", scope, window));
      case MEDIAN -> quantile("0.5", select, scope, window);
      case P95 -> quantile("0.95", select, scope, window);
      case P99 -> quantile("0.99", select, scope, window);
      case MAX -> quantile("1", select, scope, window);
      case SUM -> merged("sum", select, name + selector(select, scope));
      case MEAN -> merged("avg", select, name + selector(select, scope));
      case HIGHEST -> merged("max", select, name + selector(select, scope));
    };
  }

  /** In milliseconds. Exact to the width of a bucket. */
  private static String quantile(String rank, Select select, Scope scope, String window) {
    String buckets = rate(select, Names.of(select.metric()) + "_bucket", "", scope, window);
    StringBuilder by = new StringBuilder("le");
    select.by().forEach(label -> by.append(", ").append(label));
    return "1000 * histogram_quantile(%s, sum by (%s) (%s))".formatted(rank, by, buckets);
  }

  /** Where there is the whole but no part of it, nothing failed: that is 0, and not unknown. */
  private static String percent(Percent percent, Scope scope, String window) {
    String part = series(percent.part(), scope, window);
    String whole = series(percent.whole(), scope, window);
    return "100 * (%s or 0 * %s) / %s".formatted(part, whole, whole);
  }

  /** The bucket of those that are tolerated holds the satisfied ones, too. */
  private static String apdex(Select timer, Scope scope, String window) {
    String name = Names.of(timer.metric());
    String satisfied = rate(timer, name + "_bucket", le(Apdex.SATISFIED_MILLIS), scope, window);
    String tolerated = rate(timer, name + "_bucket", le(Apdex.TOLERATED_MILLIS), scope, window);
    String all = rate(timer, name + "_count", "", scope, window);
    return "(%s + %s) / 2 / %s"
        .formatted(sum(timer, satisfied), sum(timer, tolerated), sum(timer, all));
  }

  /** Prometheus 3 writes {@code 2} as {@code 2.0}. */
  private static String le(int millis) {
    return millis % 1_000 == 0
        ? "le=~\"%1$d|%1$d[.]0\"".formatted(millis / 1_000)
        : "le=\"" + millis / 1_000.0 + "\"";
  }

  private static String gone(Select gauge, Scope scope) {
    String series = Names.of(gauge.metric()) + selector(gauge, scope);
    String lately = merged("group", gauge, "last_over_time(" + series + "[2m])");
    String once = merged("group", gauge, "last_over_time(" + series + "[15m])");
    return once + " unless " + lately + " or 0 * " + lately;
  }

  // ---- Parts

  private static String rate(Select select, String name, String more, Scope scope, String window) {
    return "rate(%s[%s])".formatted(name + selector(select, scope).also(more), window);
  }

  private static String sum(Select select, String of) {
    return merged("sum", select, of);
  }

  private static String merged(String how, Select select, String of) {
    return select.by().isEmpty()
        ? how + "(" + of + ")"
        : "%s by (%s) (%s)".formatted(how, String.join(", ", select.by()), of);
  }

  private static Selector selector(Select select, Scope scope) {
    Selector selector = new Selector(scope).chosen();
    for (Map.Entry<String, List<String>> label : select.where().entrySet()) {
      selector.where(label.getKey(), label.getValue());
    }
    return selector;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.graphite;

import io.sonde.dashboards.Metric;
import io.sonde.dashboards.Question.Select;
import io.sonde.dashboards.Store.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a metric's series in Graphite, as statsd writes them: {@code
 * stats.timers.sonde.SERVICE.INSTANCE.http.server.ROUTE.METHOD.CLASS.time.upper_95}. A node may
 * have several labels in it, {@code used_{area}_{space}}.
 */
final class Path {

  /** {@code statsd.prefix}. */
  private static final String PREFIX = "sonde";

  private static final Pattern LABEL = Pattern.compile("\\{(\\w+)}");

  /** One node's pattern, such as {@code {route}} or {@code time}. */
  private final List<String> nodes = new ArrayList<>();

  private final Select select;
  private final Scope scope;

  Path(Select select, Scope scope) {
    this.select = select;
    this.scope = scope;
    nodes.add("stats");
    nodes.add(kind(select.metric()));
    nodes.add(PREFIX);
    nodes.add("{service}");
    nodes.add("{instance}");
    nodes.addAll(List.of(select.metric().etsy().split("\\.")));
  }

  private static String kind(Metric metric) {
    return switch (metric.kind()) {
      case TIMER -> "timers";
      case COUNTER -> "counters";
      case GAUGE -> "gauges";
    };
  }

  /**
   * With wildcards and variables in place of labels.
   *
   * @param leaf what statsd adds, {@code .upper_95}; empty for a gauge
   */
  String glob(String leaf) {
    List<String> globs = new ArrayList<>();
    for (String node : nodes) {
      globs.add(
          LABEL.matcher(node).replaceAll(label -> Matcher.quoteReplacement(value(label.group(1)))));
    }
    return String.join(".", globs) + leaf;
  }

  private String value(String label) {
    if (label.equals("service") || label.equals("instance")) {
      return scope == Scope.CHOSEN ? "$" + label : "*";
    }
    List<String> values = select.where().getOrDefault(label, List.of("*"));
    if (values.size() > 1) {
      return "{" + String.join(",", values) + "}";
    }
    return values.get(0).startsWith("$") && scope == Scope.ALL ? "*" : values.get(0);
  }

  /** Of the nodes that have any of these labels, in order. */
  List<Integer> positions(List<String> labels) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (LABEL
          .matcher(nodes.get(i))
          .results()
          .anyMatch(label -> labels.contains(label.group(1)))) {
        positions.add(i);
      }
    }
    return positions;
  }

  /** The path up to the node of a label, that node a wildcard. */
  String upTo(String label) {
    List<String> globs = List.of(glob("").split("\\."));
    int end = positions(List.of(label)).get(0);
    return String.join(".", globs.subList(0, end)) + ".*";
  }

  /**
   * A pattern of a series' name that {@code groupByNodes} has made of these labels' nodes, whatever
   * functions are around it; each label of them is a group. Adds their names to {@code groups}.
   */
  String groupPattern(List<String> labels, List<String> groups) {
    List<String> parts = new ArrayList<>();
    for (int position : positions(labels)) {
      Matcher label = LABEL.matcher(nodes.get(position));
      StringBuilder part = new StringBuilder();
      while (label.find()) {
        label.appendReplacement(
            part, Matcher.quoteReplacement(group(label.group(1), labels, groups)));
      }
      parts.add(label.appendTail(part).toString());
    }
    return "^(?:.*?[(,])??" + String.join("\\.", parts) + "(?:[),].*)?$";
  }

  private String group(String label, List<String> labels, List<String> groups) {
    if (!labels.contains(label)) {
      return select.where().containsKey(label)
          ? "(?:" + String.join("|", select.where().get(label)) + ")"
          : "[^.(),]+";
    }
    groups.add(label);
    return "([^.(),]+)";
  }
}

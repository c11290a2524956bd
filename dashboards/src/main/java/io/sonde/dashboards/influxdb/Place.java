// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.influxdb;

import io.sonde.dashboards.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the templates put a metric. A template cannot cut a node of a name in two, and InfluxQL
 * reckons within one measurement only: of the JVM's metrics, the pools' and Sonde's own the last
 * node is as a whole the tag {@code item}, {@code used_heap_Eden_Space}.
 */
final class Place {

  private static final String ITEM = "item";
  private static final Set<String> WITH_ITEM = Set.of("jvm", "pool", "sonde");
  private static final Pattern LABEL = Pattern.compile("\\{(\\w+)}");

  private final Metric metric;
  private final String measurement;

  /** The last node, where it is the item; else empty. */
  private final String item;

  Place(Metric metric) {
    this.metric = metric;
    List<String> nodes = new ArrayList<>(Arrays.asList(metric.etsy().split("\\.")));
    boolean hasItem = WITH_ITEM.contains(nodes.get(0));
    item = hasItem ? nodes.remove(nodes.size() - 1) : "";
    nodes.removeIf(node -> node.equals("all") || node.startsWith("{"));
    // A destination is a tag, whichever it is.
    boolean destination =
        hasItem && List.of("statsd", "agent").contains(nodes.get(nodes.size() - 1));
    measurement = destination ? nodes.get(0) : String.join(".", nodes);
  }

  String measurement() {
    return measurement;
  }

  /** Of a label; several labels may be in one tag. */
  String tag(String label) {
    return item.contains("{" + label + "}") ? ITEM : label;
  }

  /** True where the label's value is not all of its tag's. */
  boolean isPart(String label) {
    return tag(label).equals(ITEM) && !item.equals("{" + label + "}");
  }

  boolean hasItem() {
    return !item.isEmpty();
  }

  /** True where every item is one of this metric's. */
  boolean isEveryItem() {
    return LABEL.matcher(item).matches();
  }

  /** A regular expression of this metric's items. */
  String items(Map<String, List<String>> where) {
    return items((label, any) -> value(where, label, any));
  }

  /**
   * The same, in which each label of {@code labels} is a group.
   *
   * @param groups gets their names, in order
   */
  String itemsGrouped(Map<String, List<String>> where, List<String> labels, List<String> groups) {
    return items(
        (label, any) -> {
          if (!labels.contains(label)) {
            return value(where, label, any);
          }
          groups.add(label);
          return "(" + any + ")";
        });
  }

  /**
   * @param part of a label and what any of its values is like
   */
  private String items(BinaryOperator<String> part) {
    return LABEL
        .matcher(item)
        .replaceAll(
            found -> {
              String label = found.group(1);
              String any = metric.isWord(label) ? "[^_-]+" : ".+";
              return Matcher.quoteReplacement(part.apply(label, any));
            });
  }

  private static String value(Map<String, List<String>> where, String label, String any) {
    List<String> values = where.get(label);
    return values == null ? any : "(?:" + String.join("|", values) + ")";
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.prometheus;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sonde.dashboards.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code statsd_mapping.yml}: one rule for each metric of the table, and three for whatever else
 * begins with the prefix. The exporter tries globs first, then the regular expressions in order
 * (its README, "Metric Mapping and Configuration").
 */
final class Mapping {

  /** Of a gauge: the agent repeats it every {@code statsd.interval}; one that stops is gone. */
  private static final String GAUGE_TTL = "1m";

  /** Of what is counted: it may be idle for long, but not for ever. */
  private static final String COUNT_TTL = "24h";

  /** In seconds; the Apdex needs 0.5 and 2. */
  private static final double[] BUCKETS = {
    0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10
  };

  private static final Pattern LABEL = Pattern.compile("\\{(\\w+)}");
  private static final Pattern NODE = Pattern.compile("\\w+|\\{\\w+}");

  private static final String ANY_NODE = "([^.]+)";

  private Mapping() {}

  static ObjectNode file(List<Metric> metrics) {
    ObjectNode file = JsonNodeFactory.instance.objectNode();
    ObjectNode defaults = file.putObject("defaults");
    defaults.put("observer_type", "histogram");
    ArrayNode buckets = defaults.putObject("histogram_options").putArray("buckets");
    for (double bucket : BUCKETS) {
      buckets.add(bucket);
    }
    defaults.put("match_type", "glob").put("ttl", COUNT_TTL);
    ArrayNode mappings = file.putArray("mappings");
    for (Metric metric : metrics) {
      mappings.add(rule(metric));
    }
    mappings.add(rest(Metric.Kind.GAUGE, ""));
    mappings.add(rest(Metric.Kind.COUNTER, "_total"));
    mappings.add(rest(Metric.Kind.TIMER, "_seconds"));
    return file;
  }

  private static ObjectNode rule(Metric metric) {
    List<String> nodes = Arrays.asList(metric.etsy().split("\\."));
    boolean glob = nodes.stream().allMatch(node -> NODE.matcher(node).matches());
    ObjectNode rule = JsonNodeFactory.instance.objectNode();
    if (glob) {
      rule.put("match", "sonde.*.*." + LABEL.matcher(metric.etsy()).replaceAll("*"));
    } else {
      rule.put("match", expression(metric)).put("match_type", "regex");
    }
    common(rule, metric.kind()).put("name", Names.of(metric)).put("help", metric.meaning());
    ObjectNode labels = serviceAndInstance(rule);
    int capture = 3;
    for (String label : metric.labels()) {
      labels.put(label, "$" + capture++);
    }
    return rule;
  }

  private static String expression(Metric metric) {
    String nodes =
        LABEL
            .matcher(metric.etsy().replace(".", "\\."))
            .replaceAll(
                label ->
                    Matcher.quoteReplacement(
                        metric.isWord(label.group(1)) ? "([^._-]+)" : ANY_NODE));
    return "^sonde\\." + ANY_NODE + "\\." + ANY_NODE + "\\." + nodes + "$";
  }

  /** What no rule knows keeps its name, its dots underscores. */
  private static ObjectNode rest(Metric.Kind kind, String ending) {
    ObjectNode rule = JsonNodeFactory.instance.objectNode();
    rule.put("match", "^sonde\\." + ANY_NODE + "\\." + ANY_NODE + "\\.(.+)$");
    rule.put("match_type", "regex");
    common(rule, kind).put("name", "sonde_${3}" + ending);
    serviceAndInstance(rule);
    return rule;
  }

  private static ObjectNode common(ObjectNode rule, Metric.Kind kind) {
    return switch (kind) {
      case GAUGE -> rule.put("match_metric_type", "gauge").put("ttl", GAUGE_TTL);
      case COUNTER -> rule.put("match_metric_type", "counter");
      case TIMER -> rule.put("match_metric_type", "observer");
    };
  }

  private static ObjectNode serviceAndInstance(ObjectNode rule) {
    return rule.putObject("labels").put("service", "$1").put("instance", "$2");
  }
}

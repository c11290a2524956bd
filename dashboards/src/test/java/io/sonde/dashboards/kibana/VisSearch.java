// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The search that Kibana makes of a classic visualization: its buckets inside each other, its
 * metrics in the innermost; and what the answer says, as rows.
 */
final class VisSearch {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What Kibana chooses by itself, from the time that is shown. */
  private static final String INTERVAL = "2s";

  /**
   * One combination of buckets.
   *
   * @param keys of the buckets, from the outermost
   * @param values of the metrics, by the label that Kibana gives them; null where there is none
   */
  record Row(List<JsonNode> keys, Map<String, JsonNode> values) {}

  private final String query;
  private final List<JsonNode> buckets = new ArrayList<>();
  private final List<JsonNode> metrics = new ArrayList<>();

  VisSearch(JsonNode visualization) {
    query = ImportFile.query(visualization);
    for (JsonNode agg : ImportFile.visState(visualization).path("aggs")) {
      (agg.path("schema").asText().equals("metric") ? metrics : buckets).add(agg);
    }
  }

  /** The names of the buckets and then of the metrics, as a table has them above. */
  List<String> columns() {
    List<String> columns = new ArrayList<>();
    buckets.forEach(bucket -> columns.add(label(bucket)));
    metrics.forEach(metric -> columns.addAll(values(metric, JSON.createObjectNode()).keySet()));
    return columns;
  }

  /** Whether the numbers under a column are of a field. */
  boolean isOf(String field, String column) {
    return metrics.stream()
        .filter(metric -> metric.at("/params/field").asText().equals(field))
        .anyMatch(metric -> values(metric, JSON.createObjectNode()).containsKey(column));
  }

  /**
   * @param narrowed a query that has to match, too, as the dashboard's bar adds it
   */
  String body(String narrowed) {
    ObjectNode body = JSON.createObjectNode().put("size", 0).put("track_total_hits", true);
    body.set("query", both(query, narrowed));
    body.set("aggs", nested(0));
    return body.toString();
  }

  List<Row> rows(JsonNode answer) {
    List<Row> rows = new ArrayList<>();
    ObjectNode all = answer.path("aggregations").deepCopy();
    all.set("doc_count", answer.at("/hits/total/value"));
    walk(0, all, new ArrayList<>(), rows::add);
    return rows;
  }

  static ObjectNode both(String query, String narrowed) {
    ObjectNode both = JSON.createObjectNode();
    ArrayNode filter = both.putObject("bool").putArray("filter");
    filter.add(lucene(query));
    filter.add(lucene(narrowed));
    return both;
  }

  private static ObjectNode lucene(String query) {
    ObjectNode json = JSON.createObjectNode();
    json.putObject("query_string").put("query", query).put("analyze_wildcard", true);
    return json;
  }

  private ObjectNode nested(int depth) {
    ObjectNode aggs = JSON.createObjectNode();
    if (depth == buckets.size()) {
      metrics.forEach(metric -> metric(aggs, metric));
      return aggs;
    }
    JsonNode bucket = buckets.get(depth);
    ObjectNode agg = bucket(bucket);
    ObjectNode inner = nested(depth + 1);
    String order = bucket.at("/params/orderBy").asText();
    metrics.stream()
        .filter(metric -> metric.path("id").asText().equals(order))
        .forEach(metric -> metric(inner, metric));
    agg.set("aggs", inner);
    aggs.set(bucket.path("id").asText(), agg);
    return aggs;
  }

  private ObjectNode bucket(JsonNode bucket) {
    ObjectNode agg = JSON.createObjectNode();
    JsonNode params = bucket.path("params");
    String type = bucket.path("type").asText();
    ObjectNode inside = agg.putObject(type);
    switch (type) {
      case "date_histogram" ->
          inside
              .put("field", params.path("field").asText())
              .put("fixed_interval", INTERVAL)
              .put("min_doc_count", params.path("min_doc_count").asInt());
      case "terms" -> {
        inside.put("field", params.path("field").asText()).put("size", params.path("size").asInt());
        String id = params.path("orderBy").asText();
        inside.putObject("order").put(counts(id) ? "_count" : id, params.path("order").asText());
      }
      case "filters" -> {
        ObjectNode named = inside.putObject("filters");
        for (JsonNode filter : params.path("filters")) {
          named.set(filter.path("label").asText(), lucene(filter.at("/input/query").asText()));
        }
      }
      default -> throw new AssertionError(type);
    }
    return agg;
  }

  private boolean counts(String id) {
    return metrics.stream()
        .filter(metric -> metric.path("id").asText().equals(id))
        .anyMatch(metric -> metric.path("type").asText().equals("count"));
  }

  private static void metric(ObjectNode aggs, JsonNode metric) {
    String type = metric.path("type").asText();
    String field = metric.at("/params/field").asText();
    if (type.equals("count")) {
      return;
    }
    ObjectNode inside = aggs.putObject(metric.path("id").asText()).putObject(type);
    if (type.equals("top_hits")) {
      inside.put("size", metric.at("/params/size").asInt()).put("_source", field);
      inside
          .putArray("sort")
          .addObject()
          .putObject(metric.at("/params/sortField").asText())
          .put("order", metric.at("/params/sortOrder").asText());
      return;
    }
    inside.put("field", field);
    if (type.equals("percentiles")) {
      inside.set("percents", metric.at("/params/percents"));
    }
  }

  private void walk(int depth, JsonNode bucket, List<JsonNode> keys, Consumer<Row> rows) {
    if (depth == buckets.size()) {
      Map<String, JsonNode> values = new LinkedHashMap<>();
      metrics.forEach(metric -> values.putAll(values(metric, bucket)));
      rows.accept(new Row(List.copyOf(keys), values));
      return;
    }
    JsonNode inside = bucket.path(buckets.get(depth).path("id").asText()).path("buckets");
    if (inside.isObject()) {
      for (Map.Entry<String, JsonNode> named : inside.properties()) {
        keys.add(JSON.getNodeFactory().textNode(named.getKey()));
        walk(depth + 1, named.getValue(), keys, rows);
        keys.remove(keys.size() - 1);
      }
      return;
    }
    for (JsonNode each : inside) {
      keys.add(each.path("key"));
      walk(depth + 1, each, keys, rows);
      keys.remove(keys.size() - 1);
    }
  }

  private static Map<String, JsonNode> values(JsonNode metric, JsonNode bucket) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    JsonNode answer = bucket.path(metric.path("id").asText());
    switch (metric.path("type").asText()) {
      case "count" -> values.put(label(metric), bucket.path("doc_count"));
      case "percentiles" -> {
        for (JsonNode percent : metric.at("/params/percents")) {
          values.put(
              percent.asInt() + "th percentile of " + label(metric),
              answer.path("values").path(percent.asDouble() + ""));
        }
      }
      case "top_hits" ->
          values.put(
              label(metric),
              answer.at("/hits/hits/0/_source").path(metric.at("/params/field").asText()));
      default -> values.put(label(metric), answer.path("value"));
    }
    return values;
  }

  private static String label(JsonNode agg) {
    return agg.at("/params/customLabel").asText();
  }
}

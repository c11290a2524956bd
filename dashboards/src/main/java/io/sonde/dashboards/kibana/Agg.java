// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** An aggregation of a classic visualization: what is measured, or by what it is divided. */
final class Agg {

  private final String type;
  private final String schema;
  private final ObjectNode params = SavedObject.JSON.createObjectNode();

  private Agg(String type, String schema) {
    this.type = type;
    this.schema = schema;
  }

  static Agg count(String label) {
    Agg agg = new Agg("count", "metric");
    agg.params.put("customLabel", label);
    return agg;
  }

  /**
   * @param type {@code avg}, {@code max}, {@code min}, {@code sum} or {@code cardinality}
   */
  static Agg of(String type, String field, String label) {
    Agg agg = new Agg(type, "metric");
    agg.params.put("field", field).put("customLabel", label);
    return agg;
  }

  static Agg percentiles(String field, String label, int... percents) {
    Agg agg = of("percentiles", field, label);
    ArrayNode array = agg.params.putArray("percents");
    for (int percent : percents) {
      array.add(percent);
    }
    return agg;
  }

  /** The field's value in the newest line. */
  static Agg newest(String field, String label) {
    Agg agg = of("top_hits", field, label);
    agg.params.put("aggregate", "concat").put("size", 1);
    agg.params.put("sortField", DataView.TIME).put("sortOrder", "desc");
    return agg;
  }

  /** Along the axis; Kibana chooses how wide the buckets are. */
  static Agg overTime() {
    Agg agg = new Agg("date_histogram", "segment");
    agg.params.put("field", DataView.TIME).put("interval", "auto");
    agg.params.put("useNormalizedEsInterval", true).put("scaleMetricValues", false);
    agg.params.put("drop_partials", false).put("min_doc_count", 1);
    agg.params.putObject("extended_bounds");
    agg.params.put("customLabel", "");
    return agg;
  }

  /** A row for each value of a table, and for each value of the next in it. */
  static Agg rows(String field, String label, int size) {
    return terms("bucket", field, label, size);
  }

  /** A bar for each value. */
  static Agg bars(String field, String label, int size) {
    return terms("segment", field, label, size);
  }

  /** A colour for each value. */
  static Agg colors(String field, String label, int size) {
    return terms("group", field, label, size);
  }

  /**
   * A colour, or a figure, for each query.
   *
   * @param queries Lucene's by label
   */
  static Agg filters(Map<String, String> queries) {
    Agg agg = new Agg("filters", "group");
    ArrayNode filters = agg.params.putArray("filters");
    queries.forEach(
        (label, query) -> {
          ObjectNode filter = filters.addObject();
          filter.putObject("input").put("query", query).put("language", "lucene");
          filter.put("label", label);
        });
    return agg;
  }

  private static Agg terms(String schema, String field, String label, int size) {
    Agg agg = new Agg("terms", schema);
    // Agg 1 is a metric, always.
    agg.params.put("field", field).put("orderBy", "1").put("order", "desc").put("size", size);
    agg.params.put("otherBucket", false).put("otherBucketLabel", "Other");
    agg.params.put("missingBucket", false).put("missingBucketLabel", "Missing");
    agg.params.put("customLabel", label);
    return agg;
  }

  boolean isMetric() {
    return schema.equals("metric");
  }

  String label() {
    return params.path("customLabel").asText();
  }

  ObjectNode json(String id) {
    ObjectNode json = SavedObject.JSON.createObjectNode();
    json.put("id", id).put("enabled", true).put("type", type);
    json.set("params", params);
    return json.put("schema", schema);
  }
}

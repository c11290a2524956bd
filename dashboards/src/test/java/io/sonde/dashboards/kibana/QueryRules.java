// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fields that exist and can do what is asked of them; aggregations that fit each other. */
final class QueryRules {

  private static final Set<String> VISUALIZATIONS =
      Set.of("histogram", "line", "horizontal_bar", "metric", "table", "markdown");
  private static final Set<String> NUMERIC = Set.of("avg", "sum", "percentiles");
  private static final Set<String> ANY_AGGREGATABLE = Set.of("min", "max", "cardinality", "terms");
  private static final Set<String> OTHERS =
      Set.of("count", "top_hits", "date_histogram", "filters");

  /** What terms may not be ordered by. */
  private static final Set<String> NO_ORDER = Set.of("top_hits", "percentiles");

  private static final Pattern FIELD =
      Pattern.compile("_exists_:([\\w.@]+)|(?<![\\w\"])(?!_exists_)([\\w.@]+):");

  private final TemplateFields fields = new TemplateFields();
  private final List<String> problems;

  QueryRules(List<String> problems) {
    this.problems = problems;
  }

  void check(String key, String type, JsonNode object) {
    switch (type) {
      case "index-pattern" -> dataView(key, object.path("attributes"));
      case "search" -> search(key, object);
      case "visualization" -> visualization(key, object);
      default -> dashboard(key, object);
    }
  }

  private void dataView(String key, JsonNode attributes) {
    for (String map : List.of("fieldAttrs", "fieldFormatMap")) {
      ImportFile.parse(attributes.path(map).asText())
          .fieldNames()
          .forEachRemaining(field -> exists(key, field));
    }
    exists(key, attributes.path("timeFieldName").asText());
  }

  private void search(String key, JsonNode search) {
    query(key, ImportFile.searchSource(search).path("query"));
    for (JsonNode column : search.at("/attributes/columns")) {
      exists(key, column.asText());
    }
    for (JsonNode sort : search.at("/attributes/sort")) {
      aggregates(key, sort.path(0).asText());
    }
  }

  private void dashboard(String key, JsonNode dashboard) {
    query(key, ImportFile.searchSource(dashboard).path("query"));
    String controls = dashboard.at("/attributes/controlGroupInput/panelsJSON").asText("{}");
    for (JsonNode control : ImportFile.parse(controls)) {
      String field = control.at("/explicitInput/fieldName").asText();
      aggregates(key, field);
    }
  }

  private void visualization(String key, JsonNode visualization) {
    JsonNode state = ImportFile.visState(visualization);
    query(key, ImportFile.searchSource(visualization).path("query"));
    if (!VISUALIZATIONS.contains(state.path("type").asText())) {
      problems.add(key + ": no visualization " + state.path("type"));
    }
    Map<String, String> metrics = new HashMap<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode agg : state.path("aggs")) {
      if (!ids.add(agg.path("id").asText())) {
        problems.add(key + ": two aggregations " + agg.path("id"));
      }
      if (agg.path("schema").asText().equals("metric")) {
        metrics.put(agg.path("id").asText(), agg.path("type").asText());
      }
    }
    for (JsonNode agg : state.path("aggs")) {
      aggregation(key, agg, metrics);
    }
    for (JsonNode series : state.at("/params/seriesParams")) {
      if (!metrics.containsKey(series.at("/data/id").asText())) {
        problems.add(key + ": series of no metric");
      }
    }
  }

  private void aggregation(String key, JsonNode agg, Map<String, String> metrics) {
    String type = agg.path("type").asText();
    String field = agg.at("/params/field").asText();
    if (NUMERIC.contains(type)) {
      exists(key, field);
      if (!fields.isNumber(field)) {
        problems.add(key + ": " + type + " of " + field + ", which is no number");
      }
    } else if (ANY_AGGREGATABLE.contains(type) || type.equals("date_histogram")) {
      aggregates(key, field);
    } else if (type.equals("top_hits")) {
      exists(key, field);
      aggregates(key, agg.at("/params/sortField").asText());
    } else if (!OTHERS.contains(type)) {
      problems.add(key + ": no aggregation " + type);
    }
    for (JsonNode filter : agg.at("/params/filters")) {
      query(key, filter.path("input"));
    }
    String order = agg.at("/params/orderBy").asText();
    if (type.equals("terms") && NO_ORDER.contains(metrics.getOrDefault(order, "top_hits"))) {
      problems.add(key + ": terms are ordered by " + order);
    }
  }

  private void query(String key, JsonNode query) {
    if (!query.path("language").asText().equals("lucene")) {
      problems.add(key + ": a query that is not Lucene's");
    }
    // Whatever is in quotes is a value.
    String bare = query.path("query").asText().replaceAll("\"[^\"]*\"", "\"\"");
    for (Matcher found = FIELD.matcher(bare); found.find(); ) {
      exists(key, found.group(1) != null ? found.group(1) : found.group(2));
    }
  }

  private void exists(String key, String field) {
    if (!fields.exists(field)) {
      problems.add(key + ": no field " + field);
    }
  }

  private void aggregates(String key, String field) {
    exists(key, field);
    if (fields.exists(field) && !fields.aggregates(field)) {
      problems.add(key + ": " + field + " is text, which does not aggregate");
    }
  }
}

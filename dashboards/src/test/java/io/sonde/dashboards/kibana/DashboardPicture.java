// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.dashboards.picture.Grid;
import io.sonde.dashboards.picture.Picture;
import io.sonde.dashboards.picture.Series;
import io.sonde.dashboards.picture.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A dashboard of the import file with the answers that its panels have got. */
final class DashboardPicture {

  private static final String DURATION = "event.duration";

  private final Picture picture;

  DashboardPicture(JsonNode dashboard, String origin) {
    picture = Picture.ofKibana(ImportFile.title(dashboard), origin);
  }

  void saveIfAsked(String name) {
    picture.saveIfAsked(name);
  }

  void visualization(JsonNode panel, JsonNode visualization, List<VisSearch.Row> rows) {
    String title = panel.path("title").asText();
    VisSearch search = new VisSearch(visualization);
    switch (ImportFile.visState(visualization).path("type").asText()) {
      case "histogram" -> picture.stacked(title, grid(panel), unit(search), series(rows));
      case "line" -> picture.lines(title, grid(panel), unit(search), series(rows));
      case "horizontal_bar" -> picture.bars(title, grid(panel), unit(search), figures(rows, false));
      case "metric" -> picture.figures(title, grid(panel), unit(search), figures(rows, true));
      default -> picture.table(title, grid(panel), search.columns(), cells(search, rows));
    }
  }

  void note(JsonNode panel, JsonNode visualization) {
    String text = ImportFile.visState(visualization).at("/params/markdown").asText();
    picture.note(panel.path("title").asText(), grid(panel), text);
  }

  void search(JsonNode panel, JsonNode search, Map<String, String> labels, JsonNode hits) {
    List<String> fields = new ArrayList<>(List.of(DataView.TIME));
    search.at("/attributes/columns").forEach(column -> fields.add(column.asText()));
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode hit : hits) {
      rows.add(fields.stream().map(field -> text(field, hit.at("/_source").path(field))).toList());
    }
    List<String> columns = fields.stream().map(field -> labels.getOrDefault(field, field)).toList();
    picture.table(panel.path("title").asText(), grid(panel), columns, rows);
  }

  private static Grid grid(JsonNode panel) {
    JsonNode grid = panel.path("gridData");
    return new Grid(
        grid.path("x").asInt(),
        grid.path("y").asInt(),
        grid.path("w").asInt(),
        grid.path("h").asInt());
  }

  /** Of all its numbers; a panel that mixes them is a table. */
  private static String unit(VisSearch search) {
    return search.columns().stream().anyMatch(column -> search.isOf(DURATION, column))
        ? "ns"
        : "short";
  }

  /** The first key is the time, the second the colour; without one, each metric has its own. */
  private static List<Series> series(List<VisSearch.Row> rows) {
    Map<String, List<Series.Point>> points = new LinkedHashMap<>();
    for (VisSearch.Row row : rows) {
      long time = row.keys().get(0).asLong();
      row.values()
          .forEach(
              (label, value) -> {
                String name = row.keys().size() > 1 ? row.keys().get(1).asText() : label;
                points
                    .computeIfAbsent(name, any -> new ArrayList<>())
                    .add(new Series.Point(time, value.asDouble(Double.NaN)));
              });
    }
    List<Series> series = new ArrayList<>();
    points.forEach((name, values) -> series.add(new Series(name, values)));
    return series;
  }

  private static List<Value> figures(List<VisSearch.Row> rows, boolean withLabel) {
    List<Value> values = new ArrayList<>();
    for (VisSearch.Row row : rows) {
      String key = row.keys().isEmpty() ? "" : row.keys().get(0).asText();
      row.values()
          .forEach(
              (label, value) -> {
                String name = key.isEmpty() ? label : withLabel ? key + " – " + label : key;
                values.add(new Value(name, value.asDouble(Double.NaN)));
              });
    }
    return values;
  }

  private static List<List<String>> cells(VisSearch search, List<VisSearch.Row> rows) {
    List<List<String>> cells = new ArrayList<>();
    for (VisSearch.Row row : rows) {
      List<String> line = new ArrayList<>();
      row.keys().forEach(key -> line.add(key.asText()));
      row.values()
          .forEach(
              (label, value) -> {
                String field =
                    search.isOf(DURATION, label)
                        ? DURATION
                        : search.isOf(DataView.TIME, label) ? DataView.TIME : "";
                line.add(text(field, value));
              });
      cells.add(line);
    }
    return cells;
  }

  private static String text(String field, JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (field.equals(DURATION)) {
      return Picture.text("ns", value.asDouble());
    }
    if (field.equals(DataView.TIME)) {
      String time =
          value.isNumber() ? Instant.ofEpochMilli(value.asLong()).toString() : value.asText();
      return time.length() > 23 ? time.substring(11, 23) : time;
    }
    return value.isNumber() ? Picture.text("locale", value.asDouble()) : value.asText();
  }
}

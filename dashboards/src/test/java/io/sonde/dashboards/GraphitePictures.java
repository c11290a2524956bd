// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.dashboards.picture.Grid;
import io.sonde.dashboards.picture.Picture;
import io.sonde.dashboards.picture.Series;
import io.sonde.dashboards.picture.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** A dashboard of Grafana with what its queries bring. */
final class GraphitePictures {

  /** Asks the store for a target's series, as Graphite's render API answers. */
  private final Function<String, JsonNode> render;

  GraphitePictures(Function<String, JsonNode> render) {
    this.render = render;
  }

  Picture of(JsonNode dashboard, String origin) {
    Picture picture = Picture.ofGrafana(dashboard.path("title").asText(), origin);
    for (JsonNode panel : dashboard.path("panels")) {
      String title = panel.path("title").asText();
      JsonNode at = panel.path("gridPos");
      Grid grid =
          new Grid(
              at.path("x").asInt(),
              at.path("y").asInt(),
              at.path("w").asInt(),
              at.path("h").asInt());
      String unit = panel.path("fieldConfig").path("defaults").path("unit").asText();
      switch (panel.path("type").asText()) {
        case "row" -> picture.heading(title, grid);
        case "stat" -> picture.figures(title, grid, unit, values(panel));
        case "bargauge" -> picture.bars(title, grid, unit, sorted(values(panel)));
        default -> {
          if (stacked(panel)) {
            picture.stacked(title, grid, unit, series(panel));
          } else {
            picture.lines(title, grid, unit, series(panel));
          }
        }
      }
    }
    return picture;
  }

  private static boolean stacked(JsonNode panel) {
    JsonNode custom = panel.path("fieldConfig").path("defaults").path("custom");
    return custom.path("stacking").path("mode").asText().equals("normal");
  }

  private List<Series> series(JsonNode panel) {
    List<Series> all = new ArrayList<>();
    for (JsonNode target : panel.path("targets")) {
      for (JsonNode series : render.apply(target.path("target").asText())) {
        List<Series.Point> points = new ArrayList<>();
        for (JsonNode point : series.path("datapoints")) {
          points.add(
              new Series.Point(point.path(1).asLong() * 1_000, point.path(0).asDouble(Double.NaN)));
        }
        all.add(new Series(series.path("target").asText(), points));
      }
    }
    return all;
  }

  /** Of each series what the panel's calculation makes of it: the mean or the last value. */
  private List<Value> values(JsonNode panel) {
    boolean mean =
        panel.path("options").path("reduceOptions").path("calcs").path(0).asText().equals("mean");
    List<Value> values = new ArrayList<>();
    for (Series series : series(panel)) {
      List<Double> numbers =
          series.points().stream().map(Series.Point::value).filter(v -> !v.isNaN()).toList();
      if (!numbers.isEmpty()) {
        double last = numbers.get(numbers.size() - 1);
        double average = numbers.stream().mapToDouble(v -> v).average().orElse(last);
        values.add(new Value(series.name(), mean ? average : last));
      }
    }
    return values;
  }

  private static List<Value> sorted(List<Value> values) {
    return values.stream().sorted(Comparator.comparingDouble(Value::value).reversed()).toList();
  }
}

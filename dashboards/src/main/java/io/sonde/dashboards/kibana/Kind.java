// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** How a visualization looks: Kibana's type, and the settings that this type cannot do without. */
enum Kind {
  /** Bars over time, those of one time upon each other. */
  STACKED("histogram") {
    @Override
    ObjectNode params(List<Agg> aggs) {
      return axes("histogram", "stacked", "bottom", "left", aggs);
    }
  },

  /** Lines over time. */
  LINES("line") {
    @Override
    ObjectNode params(List<Agg> aggs) {
      return axes("line", "normal", "bottom", "left", aggs);
    }
  },

  /** A horizontal bar for each value, the longest above. */
  RANKING("horizontal_bar") {
    @Override
    ObjectNode params(List<Agg> aggs) {
      return axes("histogram", "stacked", "left", "bottom", aggs);
    }
  },

  /** Big numbers. */
  FIGURES("metric") {
    @Override
    ObjectNode params(List<Agg> aggs) {
      ObjectNode params = SavedObject.JSON.createObjectNode();
      params.put("type", "metric").put("addTooltip", true).put("addLegend", false);
      ObjectNode metric = params.putObject("metric");
      metric.put("percentageMode", false).put("useRanges", false).put("invertColors", false);
      metric.put("colorSchema", "Green to Red").put("metricColorMode", "None");
      metric.putArray("colorsRange").addObject().put("from", 0).put("to", 10_000);
      metric.putObject("labels").put("show", true);
      ObjectNode style = metric.putObject("style").put("bgFill", "#000").put("bgColor", false);
      style.put("labelColor", false).put("subText", "").put("fontSize", 30);
      return params;
    }
  },

  TABLE("table") {
    @Override
    ObjectNode params(List<Agg> aggs) {
      ObjectNode params = SavedObject.JSON.createObjectNode();
      params.put("perPage", 10).put("showPartialRows", false).put("showTotal", false);
      params.put("showMetricsAtAllLevels", false).put("totalFunc", "sum");
      params.put("percentageCol", "").put("showToolbar", true);
      return params.put("autoFitRowToContent", true);
    }
  },

  /** Text. */
  NOTE("markdown") {
    @Override
    ObjectNode params(List<Agg> aggs) {
      return note("");
    }
  };

  private static final String CATEGORY_AXIS = "CategoryAxis-1";
  private static final String VALUE_AXIS = "ValueAxis-1";

  private final String type;

  Kind(String type) {
    this.type = type;
  }

  String type() {
    return type;
  }

  abstract ObjectNode params(List<Agg> aggs);

  static ObjectNode note(String markdown) {
    ObjectNode params = SavedObject.JSON.createObjectNode();
    return params.put("fontSize", 12).put("openLinksInNewTab", false).put("markdown", markdown);
  }

  private static ObjectNode axes(
      String type, String mode, String category, String value, List<Agg> aggs) {
    ObjectNode params = SavedObject.JSON.createObjectNode();
    params.put("type", type).put("addTooltip", true).put("detailedTooltip", true);
    params.put("addLegend", true).put("legendPosition", "right").put("legendSize", "auto");
    params.put("truncateLegend", true).put("maxLegendLines", 1).put("addTimeMarker", false);
    params.put("radiusRatio", 9).put("fittingFunction", "linear");
    params.putArray("times");
    params.putObject("grid").put("categoryLines", false);
    params.putObject("labels").put("show", false);
    params.putObject("palette").put("type", "palette").put("name", "default");
    ObjectNode threshold = params.putObject("thresholdLine").put("show", false).put("value", 10);
    threshold.put("width", 1).put("style", "full").put("color", "#E7664C");
    ObjectNode categories = axis(params, "categoryAxes", CATEGORY_AXIS, "category", category);
    categories.putObject("title");
    ObjectNode values = axis(params, "valueAxes", VALUE_AXIS, "value", value);
    values.put("name", "LeftAxis-1").putObject("title").put("text", aggs.get(0).label());
    series(params, type, mode, aggs);
    return params;
  }

  private static ObjectNode axis(
      ObjectNode params, String name, String id, String type, String position) {
    ObjectNode axis = params.putArray(name).addObject();
    axis.put("id", id).put("type", type).put("position", position).put("show", true);
    axis.putObject("style");
    axis.putObject("scale").put("type", "linear").put("mode", "normal");
    ObjectNode labels = axis.putObject("labels").put("show", true).put("filter", true);
    labels.put("rotate", 0).put("truncate", 200);
    return axis;
  }

  /** One for each metric; the ids are those that the aggregations get, by their order. */
  private static void series(ObjectNode params, String type, String mode, List<Agg> aggs) {
    var array = params.putArray("seriesParams");
    for (int i = 0; i < aggs.size(); i++) {
      if (aggs.get(i).isMetric()) {
        ObjectNode series = array.addObject().put("show", true).put("type", type);
        series.put("mode", mode).put("valueAxis", VALUE_AXIS).put("lineWidth", 2);
        series.put("interpolate", "linear").put("drawLinesBetweenPoints", true);
        series.put("showCircles", true).put("circlesRadius", 1);
        ObjectNode data = series.putObject("data").put("id", Integer.toString(i + 1));
        data.put("label", aggs.get(i).label());
      }
    }
  }
}

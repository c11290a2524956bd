// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Grafana's classic model of a dashboard (schema version 39: Grafana 10 and later), as an export
 * for sharing: the import dialog asks for the data source. Files that are provisioned are asked
 * nothing; there the variable {@code datasource} takes the first of its kind.
 */
final class GrafanaJson {

  private static final int SCHEMA_VERSION = 39;
  private static final String GRAFANA = "10.4.0";
  private static final int COLUMNS = 24;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Store store;
  private final String input;

  GrafanaJson(Store store) {
    this.store = store;
    this.input = "DS_" + store.folder().toUpperCase(Locale.ROOT);
  }

  ObjectNode dashboard(Dashboard dashboard) {
    ObjectNode json = NODES.objectNode();
    json.putArray("__inputs").add(dataSourceInput());
    ArrayNode panels = panels(dashboard);
    json.set("__requires", requires(panels));
    json.set("annotations", annotations());
    json.put("description", dashboard.description());
    json.put("editable", true);
    json.put("fiscalYearStartMonth", 0);
    json.put("graphTooltip", 1);
    json.putNull("id");
    json.set("links", links());
    json.set("panels", panels);
    json.put("refresh", "30s");
    json.put("schemaVersion", SCHEMA_VERSION);
    json.putArray("tags").add("sonde").add(store.folder());
    json.putObject("templating").set("list", variables(dashboard));
    json.putObject("time").put("from", "now-1h").put("to", "now");
    json.putObject("timepicker");
    json.put("timezone", "browser");
    json.put("title", dashboard.title() + " (" + store.title() + ")");
    json.put("uid", "sonde-" + dashboard.file() + "-" + store.folder());
    json.put("version", 1);
    json.put("weekStart", "");
    return json;
  }

  private ObjectNode dataSourceInput() {
    return NODES
        .objectNode()
        .put("name", input)
        .put("label", store.title())
        .put("description", "Where statsd's metrics are kept")
        .put("type", "datasource")
        .put("pluginId", store.plugin())
        .put("pluginName", store.title());
  }

  private ArrayNode requires(ArrayNode panels) {
    ArrayNode requires = NODES.arrayNode();
    requires.add(required("grafana", "grafana", "Grafana", GRAFANA));
    requires.add(required("datasource", store.plugin(), store.title(), "1.0.0"));
    Set<String> types = new TreeSet<>();
    panels.forEach(panel -> types.add(panel.path("type").asText()));
    types.remove("row");
    for (String type : types) {
      requires.add(required("panel", type, nameOf(type), ""));
    }
    return requires;
  }

  private static ObjectNode required(String type, String id, String name, String version) {
    return NODES
        .objectNode()
        .put("type", type)
        .put("id", id)
        .put("name", name)
        .put("version", version);
  }

  private static String nameOf(String panelType) {
    return switch (panelType) {
      case "timeseries" -> "Time series";
      case "stat" -> "Stat";
      case "bargauge" -> "Bar gauge";
      default -> throw new IllegalArgumentException(panelType);
    };
  }

  private ObjectNode annotations() {
    ObjectNode annotations = NODES.objectNode();
    ArrayNode list = annotations.putArray("list");
    ObjectNode builtIn = list.addObject();
    builtIn.put("builtIn", 1);
    builtIn.putObject("datasource").put("type", "grafana").put("uid", "-- Grafana --");
    builtIn.put("enable", true).put("hide", true).put("iconColor", "rgba(0, 211, 255, 1)");
    builtIn.put("name", "Annotations & Alerts").put("type", "dashboard");
    store
        .deploys()
        .ifPresent(
            query -> {
              ObjectNode deploys = list.addObject();
              deploys.set("datasource", dataSource());
              deploys.put("enable", true).put("hide", false).put("iconColor", "purple");
              deploys.put("name", "Deploys");
              deploys.setAll(query);
            });
    return annotations;
  }

  private static ArrayNode links() {
    ArrayNode links = NODES.arrayNode();
    ObjectNode others = link("Sonde", "");
    others.put("type", "dashboards").put("asDropdown", true).put("targetBlank", false);
    others.set("tags", NODES.arrayNode().add("sonde"));
    links.add(others);
    links.add(link("Trace in Zipkin", Links.ZIPKIN_TRACE));
    links.add(link("Request in Kibana", Links.KIBANA_REQUEST));
    return links;
  }

  private static ObjectNode link(String title, String url) {
    ObjectNode link = NODES.objectNode();
    link.put("title", title).put("type", "link").put("icon", "external link").put("tooltip", "");
    link.put("url", url).put("asDropdown", false).put("targetBlank", true);
    link.put("includeVars", url.isEmpty()).put("keepTime", url.isEmpty());
    link.putArray("tags");
    return link;
  }

  private ObjectNode dataSource() {
    return NODES.objectNode().put("type", store.plugin()).put("uid", "${datasource}");
  }

  // ---- Variables

  private ArrayNode variables(Dashboard dashboard) {
    ArrayNode list = NODES.arrayNode();
    list.add(dataSourceVariable());
    list.add(query("service", "Service", Metrics.SERVER_ACTIVE, "service"));
    list.add(query("instance", "Instance", Metrics.SERVER_ACTIVE, "instance"));
    for (Dashboard.Variable variable : dashboard.variables()) {
      list.add(query(variable.name(), variable.title(), variable.metric(), variable.label()));
    }
    list.add(field("trace", "Trace id"));
    list.add(field("request", "Request id"));
    list.add(constant("zipkin", Links.ZIPKIN));
    list.add(constant("kibana", Links.KIBANA));
    return list;
  }

  private ObjectNode dataSourceVariable() {
    ObjectNode variable = variable("datasource", "datasource", "Data source", 0);
    variable.put("query", store.plugin()).put("refresh", 1).put("regex", "");
    variable.put("multi", false).put("includeAll", false);
    variable.putObject("current").put("text", "${" + input + "}").put("value", "${" + input + "}");
    variable.putArray("options");
    return variable;
  }

  private ObjectNode query(String name, String label, Metric metric, String ofLabel) {
    ObjectNode variable = variable("query", name, label, 0);
    variable.set("datasource", dataSource());
    variable.put("refresh", 2).put("sort", 1).put("multi", true).put("includeAll", true);
    variable.put("regex", "");
    ObjectNode current = variable.putObject("current");
    current.putArray("text").add("All");
    current.putArray("value").add("$__all");
    variable.putArray("options");
    variable.setAll(store.variable(metric, ofLabel));
    return variable;
  }

  private static ObjectNode field(String name, String label) {
    ObjectNode variable = variable("textbox", name, label, 0);
    variable.put("query", "");
    variable.putObject("current").put("text", "").put("value", "");
    variable.putArray("options");
    return variable;
  }

  private static ObjectNode constant(String name, String value) {
    ObjectNode variable = variable("constant", name, name, 2);
    variable.put("query", value);
    variable.putObject("current").put("text", value).put("value", value);
    variable.putArray("options");
    return variable;
  }

  private static ObjectNode variable(String type, String name, String label, int hide) {
    return NODES
        .objectNode()
        .put("name", name)
        .put("type", type)
        .put("label", label)
        .put("hide", hide)
        .put("skipUrlSync", false);
  }

  // ---- Panels

  private ArrayNode panels(Dashboard dashboard) {
    ArrayNode panels = NODES.arrayNode();
    int y = 0;
    for (Dashboard.Row row : dashboard.rows()) {
      panels.add(heading(row.title(), panels.size() + 1, y));
      y = fill(panels, row.panels(), y + 1);
    }
    return panels;
  }

  /** From left to right, then below. Returns the first free y. */
  private int fill(ArrayNode panels, List<Panel> row, int top) {
    int x = 0;
    int y = top;
    int height = 0;
    for (Panel panel : row) {
      Optional<Panel> shown = shown(panel);
      if (shown.isEmpty()) {
        continue;
      }
      if (x + panel.width() > COLUMNS) {
        x = 0;
        y += height;
        height = 0;
      }
      int panelHeight = panel.kind() == Panel.Kind.STAT ? 4 : 8;
      ObjectNode json = panel(shown.get());
      json.put("id", panels.size() + 1);
      json.set("gridPos", grid(x, y, panel.width(), panelHeight));
      panels.add(json);
      x += panel.width();
      height = Math.max(height, panelHeight);
    }
    return y + height;
  }

  /** With the lines that this store can answer. */
  private Optional<Panel> shown(Panel panel) {
    List<Line> lines = new ArrayList<>();
    for (Line line : panel.lines()) {
      if (store.target(line, Store.Scope.CHOSEN).isPresent()) {
        lines.add(line);
      }
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(panel.withLines(lines));
  }

  private static ObjectNode heading(String title, int id, int y) {
    ObjectNode row = NODES.objectNode();
    row.put("type", "row").put("title", title).put("id", id).put("collapsed", false);
    row.set("gridPos", grid(0, y, COLUMNS, 1));
    row.putArray("panels");
    return row;
  }

  private static ObjectNode grid(int x, int y, int width, int height) {
    return NODES.objectNode().put("h", height).put("w", width).put("x", x).put("y", y);
  }

  private ObjectNode panel(Panel panel) {
    ObjectNode json = NODES.objectNode();
    json.put("type", type(panel.kind()));
    json.put("title", panel.title());
    json.put("description", panel.description());
    json.set("datasource", dataSource());
    ArrayNode targets = json.putArray("targets");
    for (Line line : panel.lines()) {
      ObjectNode target = targets.addObject();
      target.put("refId", String.valueOf((char) ('A' + targets.size() - 1)));
      target.set("datasource", dataSource());
      target.setAll(store.target(line, Store.Scope.CHOSEN).orElseThrow());
    }
    json.set("fieldConfig", fieldConfig(panel));
    json.set("options", options(panel));
    ArrayNode transformations = NODES.arrayNode();
    panel.lines().forEach(line -> store.transformation(line).ifPresent(transformations::add));
    if (!transformations.isEmpty()) {
      json.set("transformations", transformations);
    }
    if (!panel.links().isEmpty()) {
      ArrayNode links = json.putArray("links");
      for (Panel.Link link : panel.links()) {
        links.add(link(link.title(), link.url()));
      }
    }
    return json;
  }

  private static String type(Panel.Kind kind) {
    return switch (kind) {
      case TIME -> "timeseries";
      case STAT -> "stat";
      case BARS -> "bargauge";
    };
  }

  private static ObjectNode fieldConfig(Panel panel) {
    ObjectNode config = NODES.objectNode();
    ObjectNode defaults = config.putObject("defaults");
    boolean health = panel.unit().equals(Panel.HEALTH);
    defaults.put("unit", health ? "none" : panel.unit());
    defaults.put("min", 0);
    if (panel.unit().equals("none")) {
      defaults.put("decimals", 2).put("max", 1);
    }
    if (health) {
      defaults.put("decimals", 0).put("max", 2);
      defaults.set("mappings", healthWords());
    }
    boolean judged = !panel.thresholds().isEmpty() && panel.kind() != Panel.Kind.TIME;
    defaults.putObject("color").put("mode", judged ? "thresholds" : "palette-classic");
    defaults.set("thresholds", thresholds(panel.thresholds()));
    if (panel.kind() == Panel.Kind.TIME) {
      defaults.set("custom", drawing(panel));
    }
    config.putArray("overrides");
    return config;
  }

  private static ArrayNode healthWords() {
    ArrayNode mappings = NODES.arrayNode();
    ObjectNode words = mappings.addObject().put("type", "value").putObject("options");
    words.putObject("0").put("text", "pass").put("color", "green").put("index", 0);
    words.putObject("1").put("text", "warn").put("color", "yellow").put("index", 1);
    words.putObject("2").put("text", "fail").put("color", "red").put("index", 2);
    return mappings;
  }

  /** The first step has no value: it begins where everything begins. */
  private static ObjectNode thresholds(List<Double> values) {
    ObjectNode thresholds = NODES.objectNode().put("mode", "absolute");
    ArrayNode steps = thresholds.putArray("steps");
    if (values.isEmpty()) {
      step(steps, "green", null);
    } else if (values.get(0) < values.get(1)) {
      step(steps, "green", null);
      step(steps, "yellow", values.get(0));
      step(steps, "red", values.get(1));
    } else {
      step(steps, "red", null);
      step(steps, "yellow", values.get(1));
      step(steps, "green", values.get(0));
    }
    return thresholds;
  }

  private static void step(ArrayNode steps, String color, @Nullable Double from) {
    steps.addObject().put("color", color).put("value", from);
  }

  private static ObjectNode drawing(Panel panel) {
    ObjectNode custom = NODES.objectNode();
    custom.put("drawStyle", "line").put("lineWidth", 1).put("lineInterpolation", "linear");
    custom
        .put("fillOpacity", panel.stacked() ? 40 : 8)
        .put("showPoints", "auto")
        .put("pointSize", 4);
    custom.put("spanNulls", false);
    custom.putObject("stacking").put("mode", panel.stacked() ? "normal" : "none").put("group", "A");
    custom
        .putObject("thresholdsStyle")
        .put("mode", panel.thresholds().isEmpty() ? "off" : "dashed");
    return custom;
  }

  private static ObjectNode options(Panel panel) {
    return switch (panel.kind()) {
      case TIME -> timeOptions();
      case STAT -> statOptions();
      case BARS -> barOptions(panel);
    };
  }

  private static ObjectNode timeOptions() {
    ObjectNode options = NODES.objectNode();
    ObjectNode legend = options.putObject("legend");
    legend.put("displayMode", "list").put("placement", "bottom").put("showLegend", true);
    legend.putArray("calcs");
    options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
    return options;
  }

  private static ObjectNode statOptions() {
    ObjectNode options = reduced("lastNotNull", "auto");
    options.put("textMode", "value").put("colorMode", "value").put("graphMode", "area");
    options.put("justifyMode", "auto").put("wideLayout", true).put("showPercentChange", false);
    options.put("percentChangeColorMode", "standard");
    return options;
  }

  private static ObjectNode barOptions(Panel panel) {
    boolean top = panel.lines().get(0).question() instanceof Question.Top;
    ObjectNode options = reduced(top ? "mean" : "lastNotNull", "horizontal");
    options.put("displayMode", "basic").put("valueMode", "color").put("namePlacement", "auto");
    options.put("showUnfilled", true).put("sizing", "auto");
    options.put("minVizWidth", 8).put("minVizHeight", 16).put("maxVizHeight", 48);
    ObjectNode legend = options.putObject("legend");
    legend.put("displayMode", "list").put("placement", "bottom").put("showLegend", false);
    legend.putArray("calcs");
    return options;
  }

  private static ObjectNode reduced(String calculation, String orientation) {
    ObjectNode options = NODES.objectNode();
    ObjectNode reduce = options.putObject("reduceOptions");
    reduce.putArray("calcs").add(calculation);
    reduce.put("fields", "").put("values", false);
    options.put("orientation", orientation);
    return options;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Panels on a grid of 48 columns, below a row of controls that narrow all of them down. */
final class KibanaDashboard extends SavedObject {

  static final String TYPE = "dashboard";
  static final int COLUMNS = 48;

  private record Panel(SavedObject shows, String title, int x, int y, int w, int h) {}

  private final String title;
  private final String description;
  private final Map<String, String> controls = new LinkedHashMap<>();
  private final List<Panel> panels = new ArrayList<>();
  private int x;
  private int y;
  private int rowHeight;

  KibanaDashboard(String id, String title, String description) {
    super(TYPE, "8.9.0", id);
    this.title = title;
    this.description = description;
  }

  /** With the controls that make sense for all services. */
  static KibanaDashboard ofServices(String id, String title, String description) {
    return new KibanaDashboard(id, title, description)
        .control("service.name", "Service")
        .control("service.environment", "Environment")
        .control("service.node.name", "Instance");
  }

  /** A list of the field's values to choose from. */
  KibanaDashboard control(String field, String label) {
    controls.put(field, label);
    return this;
  }

  /** The next ones are so high, below all before. */
  KibanaDashboard row(int height) {
    y += rowHeight;
    x = 0;
    rowHeight = height;
    return this;
  }

  KibanaDashboard show(int width, Visualization visualization) {
    return add(width, visualization, visualization.title());
  }

  KibanaDashboard show(int width, SavedSearch search) {
    return add(width, search, search.title());
  }

  private KibanaDashboard add(int width, SavedObject shows, String panelTitle) {
    panels.add(new Panel(shows, panelTitle, x, y, width, rowHeight));
    x += width;
    return this;
  }

  @Override
  ObjectNode attributes() {
    ObjectNode attributes = JSON.createObjectNode();
    attributes.put("title", KibanaObjects.TITLE + title).put("description", description);
    attributes.put("panelsJSON", text(panels())).put("optionsJSON", text(options()));
    attributes.put("timeRestore", true).put("timeFrom", "now-1h").put("timeTo", "now");
    attributes.putObject("refreshInterval").put("pause", true).put("value", 30_000);
    attributes.set("controlGroupInput", controls());
    attributes.set("kibanaSavedObjectMeta", noSearchSource());
    return attributes.put("version", 1);
  }

  private ArrayNode panels() {
    ArrayNode array = JSON.createArrayNode();
    for (Panel panel : panels) {
      String index = Integer.toString(array.size() + 1);
      ObjectNode json = array.addObject().put("version", "8.9.0").put("type", panel.shows.type());
      ObjectNode grid = json.putObject("gridData").put("x", panel.x).put("y", panel.y);
      grid.put("w", panel.w).put("h", panel.h).put("i", index);
      json.put("panelIndex", index).put("title", panel.title);
      json.putObject("embeddableConfig").putObject("enhancements");
      json.put("panelRefName", "panel_" + index);
      refer(index + ":panel_" + index, panel.shows.type(), panel.shows.id());
    }
    return array;
  }

  private static ObjectNode options() {
    ObjectNode options = JSON.createObjectNode();
    options.put("useMargins", true).put("hidePanelTitles", false);
    return options.put("syncColors", true).put("syncCursor", true).put("syncTooltips", false);
  }

  private ObjectNode controls() {
    ObjectNode all = JSON.createObjectNode();
    controls.forEach(
        (field, label) -> {
          String id = "control-" + (all.size() + 1);
          ObjectNode control = all.putObject(id).put("type", "optionsListControl");
          control.put("order", all.size() - 1).put("width", "medium").put("grow", true);
          ObjectNode input = control.putObject("explicitInput").put("id", id);
          input.put("fieldName", field).put("title", label).put("searchTechnique", "prefix");
          input.putArray("selectedOptions");
          input.putObject("sort").put("by", "_count").put("direction", "desc");
          refer("controlGroup_" + id + ":optionsListDataView", DataView.TYPE, DataView.ID);
        });
    ObjectNode group = JSON.createObjectNode();
    group.put("controlStyle", "oneLine").put("chainingSystem", "HIERARCHICAL");
    group.put("panelsJSON", text(all)).put("ignoreParentSettingsJSON", text(ignoreNothing()));
    return group;
  }

  private static ObjectNode ignoreNothing() {
    ObjectNode ignore = JSON.createObjectNode();
    ignore.put("ignoreFilters", false).put("ignoreQuery", false);
    return ignore.put("ignoreTimerange", false).put("ignoreValidations", false);
  }
}

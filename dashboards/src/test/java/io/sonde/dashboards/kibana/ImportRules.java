// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Kibana's import refuses, and what it takes but shows as a broken panel; told in Java, since
 * no Kibana can be had. From its source, 8.9 to 9: types, versions and references in {@code
 * saved-objects/import-export-server-internal}, attributes in the schemas of each type.
 */
final class ImportRules {

  /** The lowest Kibana that is meant, so that a later version's object is refused here, too. */
  private static final String CORE = "8.8.0";

  private static final Map<String, String> TYPE_VERSIONS =
      Map.of(
          "index-pattern", "8.0.0",
          "search", "8.0.0",
          "visualization", "8.5.0",
          "dashboard", "8.9.0");

  /** All keys that a type's attributes may have; with a star those that they must have. */
  private static final Map<String, Set<String>> ATTRIBUTES =
      Map.of(
          "index-pattern",
          Set.of(
              "title*",
              "name",
              "timeFieldName",
              "fields",
              "fieldAttrs",
              "fieldFormatMap",
              "runtimeFieldMap",
              "sourceFilters",
              "typeMeta",
              "type",
              "allowNoIndex",
              "allowHidden"),
          "search",
          Set.of(
              "title*",
              "description",
              "columns",
              "sort",
              "grid",
              "rowHeight",
              "rowsPerPage",
              "hideChart",
              "breakdownField",
              "kibanaSavedObjectMeta*",
              "isTextBasedQuery",
              "usesAdHocDataView",
              "timeRestore",
              "timeRange",
              "refreshInterval",
              "viewMode",
              "hideAggregatedPreview",
              "hits",
              "version"),
          "visualization",
          Set.of(
              "title*",
              "description",
              "version",
              "kibanaSavedObjectMeta*",
              "uiStateJSON",
              "visState*",
              "savedSearchRefName"),
          "dashboard",
          Set.of(
              "title*",
              "description",
              "kibanaSavedObjectMeta*",
              "timeRestore",
              "timeFrom",
              "timeTo",
              "refreshInterval",
              "controlGroupInput",
              "panelsJSON",
              "optionsJSON",
              "hits",
              "version"));

  /** Strings whose text is JSON, beside those whose name ends with it. */
  private static final Set<String> JSON_TEXT =
      Set.of(
          "visState",
          "fields",
          "fieldAttrs",
          "fieldFormatMap",
          "runtimeFieldMap",
          "sourceFilters",
          "typeMeta");

  private static final Set<String> NUMBERS = Set.of("version", "hits", "rowHeight", "rowsPerPage");
  private static final Set<String> FLAGS = Set.of("hideChart", "isTextBasedQuery", "timeRestore");

  private final Map<String, JsonNode> objects = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final QueryRules queries = new QueryRules(problems);

  private ImportRules() {}

  /** One line for each; none when Kibana would take the file and show all of it. */
  static List<String> problems(String text) {
    ImportRules rules = new ImportRules();
    text.lines().filter(line -> !line.isBlank()).forEach(rules::read);
    rules.objects.forEach(rules::check);
    return rules.problems;
  }

  private void read(String line) {
    JsonNode object;
    try {
      object = ImportFile.parse(line);
    } catch (IllegalArgumentException e) {
      problems.add("no JSON: " + e.getMessage());
      return;
    }
    String key = object.path("type").asText() + ":" + object.path("id").asText();
    if (objects.put(key, object) != null) {
      problems.add(key + " is there twice");
    }
  }

  private void check(String key, JsonNode object) {
    String type = object.path("type").asText();
    if (!TYPE_VERSIONS.containsKey(type)) {
      problems.add(key + ": unsupported_type");
      return;
    }
    if (!object.path("coreMigrationVersion").asText().equals(CORE)) {
      problems.add(key + ": coreMigrationVersion is not " + CORE);
    }
    if (!object.path("typeMigrationVersion").asText().equals(TYPE_VERSIONS.get(type))) {
      problems.add(key + ": typeMigrationVersion is not " + TYPE_VERSIONS.get(type));
    }
    int before = problems.size();
    attributes(key, ATTRIBUTES.get(type), object.path("attributes"));
    textIsJson(key, object.path("attributes"));
    if (problems.size() == before) {
      references(key, object);
      queries.check(key, type, object);
    }
  }

  private void attributes(String key, Set<String> known, JsonNode attributes) {
    for (String name : known) {
      if (name.endsWith("*") && !attributes.has(name.substring(0, name.length() - 1))) {
        problems.add(key + ": " + name + " is missing");
      }
    }
    for (Map.Entry<String, JsonNode> entry : attributes.properties()) {
      String name = entry.getKey();
      JsonNode value = entry.getValue();
      if (!known.contains(name) && !known.contains(name + "*")) {
        problems.add(key + ": " + name + " is forbidden");
      } else if (NUMBERS.contains(name) && !value.isNumber()) {
        problems.add(key + ": " + name + " is no number");
      } else if (FLAGS.contains(name) && !value.isBoolean()) {
        problems.add(key + ": " + name + " is no boolean");
      }
    }
    if (attributes.path("title").asText().isBlank()) {
      problems.add(key + ": no title");
    }
  }

  private void textIsJson(String key, JsonNode attributes) {
    for (Map.Entry<String, JsonNode> entry : attributes.properties()) {
      JsonNode value = entry.getValue();
      if (entry.getKey().endsWith("JSON") || JSON_TEXT.contains(entry.getKey())) {
        jsonIn(key + ": " + entry.getKey(), value);
      } else if (value.isObject()) {
        textIsJson(key, value);
      }
    }
  }

  private void jsonIn(String where, JsonNode value) {
    if (!value.isTextual()) {
      problems.add(where + " is no string");
      return;
    }
    try {
      ImportFile.parse(value.asText());
    } catch (IllegalArgumentException e) {
      problems.add(where + " is no JSON");
    }
  }

  /** Each that is there leads somewhere and is used; each that is used is there. */
  private void references(String key, JsonNode object) {
    Map<String, String> there = new HashMap<>();
    for (JsonNode reference : object.path("references")) {
      String target = reference.path("type").asText() + ":" + reference.path("id").asText();
      if (there.put(reference.path("name").asText(), target) != null) {
        problems.add(key + ": reference " + reference.path("name") + " twice");
      }
      if (!objects.containsKey(target)) {
        problems.add(key + ": missing_references " + target);
      }
    }
    Set<String> used = new HashSet<>(uses(object));
    for (String name : used) {
      if (!there.containsKey(name)) {
        problems.add(key + ": no reference " + name);
      }
    }
    there.keySet().stream()
        .filter(name -> !used.contains(name))
        .forEach(name -> problems.add(key + ": nobody uses reference " + name));
    if (object.path("type").asText().equals("dashboard")) {
      panels(key, object, there);
    }
  }

  private static List<String> uses(JsonNode object) {
    List<String> names = new ArrayList<>();
    JsonNode attributes = object.path("attributes");
    if (attributes.has("kibanaSavedObjectMeta")) {
      JsonNode index = ImportFile.searchSource(object).path("indexRefName");
      if (!index.isMissingNode()) {
        names.add(index.asText());
      }
    }
    if (attributes.has("panelsJSON")) {
      for (JsonNode panel : ImportFile.panels(object)) {
        names.add(panel.path("panelIndex").asText() + ":" + panel.path("panelRefName").asText());
      }
    }
    JsonNode controls = attributes.at("/controlGroupInput/panelsJSON");
    if (controls.isTextual()) {
      Iterator<String> ids = ImportFile.parse(controls.asText()).fieldNames();
      ids.forEachRemaining(id -> names.add("controlGroup_" + id + ":optionsListDataView"));
    }
    return names;
  }

  private void panels(String key, JsonNode dashboard, Map<String, String> references) {
    boolean[][] taken = new boolean[1_000][48];
    Set<String> indices = new HashSet<>();
    for (JsonNode panel : ImportFile.panels(dashboard)) {
      String index = panel.path("panelIndex").asText();
      String name = index + ":" + panel.path("panelRefName").asText();
      if (!indices.add(index) || !index.equals(panel.at("/gridData/i").asText())) {
        problems.add(key + ": panel " + index + " is there twice, or elsewhere in the grid");
      }
      String target = references.getOrDefault(name, "");
      if (!target.startsWith(panel.path("type").asText() + ":")) {
        problems.add(key + ": panel " + index + " is no " + panel.path("type").asText());
      }
      if (!occupy(taken, panel.path("gridData"))) {
        problems.add(key + ": panel " + index + " lies on another, or outside of the grid");
      }
    }
  }

  private static boolean occupy(boolean[][] taken, JsonNode grid) {
    boolean free = true;
    int right = grid.path("x").asInt() + grid.path("w").asInt();
    for (int y = grid.path("y").asInt(); y < grid.path("y").asInt() + grid.path("h").asInt(); y++) {
      for (int x = grid.path("x").asInt(); x < right; x++) {
        if (x >= 48 || taken[y][x]) {
          free = false;
        } else {
          taken[y][x] = true;
        }
      }
    }
    return free && grid.path("w").asInt() > 0 && grid.path("h").asInt() > 0;
  }
}

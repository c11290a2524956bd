// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the committed dashboards of a store ask it. */
final class Targets {

  /** One query of one panel. */
  record Target(String dashboard, String panel, JsonNode query, JsonNode transformations) {
    @Override
    public String toString() {
      return dashboard + ", " + panel + ": " + query;
    }
  }

  private Targets() {}

  /** Every target of every panel. */
  static List<Target> of(String store) {
    List<Target> targets = new ArrayList<>();
    for (JsonNode dashboard : dashboards(store)) {
      for (JsonNode panel : dashboard.path("panels")) {
        for (JsonNode target : panel.path("targets")) {
          targets.add(
              new Target(
                  dashboard.path("title").asText(),
                  panel.path("title").asText(),
                  target,
                  panel.path("transformations")));
        }
      }
    }
    return targets;
  }

  /** Each variable that is a query, by its name; one that several dashboards have comes once. */
  static Map<String, JsonNode> variables(String store) {
    Map<String, JsonNode> variables = new TreeMap<>();
    for (JsonNode dashboard : dashboards(store)) {
      for (JsonNode variable : dashboard.path("templating").path("list")) {
        if (variable.path("type").asText().equals("query")) {
          variables.put(variable.path("name").asText(), variable);
        }
      }
    }
    return variables;
  }

  /** The annotations that ask the store, by their name. */
  static Map<String, JsonNode> annotations(String store) {
    Map<String, JsonNode> annotations = new TreeMap<>();
    for (JsonNode dashboard : dashboards(store)) {
      for (JsonNode annotation : dashboard.path("annotations").path("list")) {
        if (!annotation.has("builtIn")) {
          annotations.put(annotation.path("name").asText(), annotation);
        }
      }
    }
    return annotations;
  }

  private static List<JsonNode> dashboards(String store) {
    return GrafanaFiles.dashboards(store).stream().map(GrafanaFiles::json).toList();
  }
}

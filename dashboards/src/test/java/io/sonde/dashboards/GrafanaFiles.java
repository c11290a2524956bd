// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Grafana's files as they are committed. */
final class GrafanaFiles {

  private static final Path FOLDER = Path.of("grafana");

  private GrafanaFiles() {}

  /** The dashboards of all stores. */
  static List<Path> dashboards() {
    return Stores.all().stream().flatMap(store -> dashboards(store.folder()).stream()).toList();
  }

  static List<Path> dashboards(String store) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(store))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rules of one store's alerts. */
  static List<JsonNode> alerts(String store) {
    try {
      JsonNode file =
          new YAMLMapper().readTree(FOLDER.resolve("alerts/" + store + ".yaml").toFile());
      List<JsonNode> rules = new ArrayList<>();
      file.path("groups").forEach(group -> group.path("rules").forEach(rules::add));
      return rules;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All panels but the headings of rows. */
  static List<JsonNode> panels(JsonNode dashboard) {
    List<JsonNode> panels = new ArrayList<>();
    dashboard.path("panels").forEach(panels::add);
    panels.removeIf(panel -> panel.path("type").asText().equals("row"));
    return panels;
  }
}

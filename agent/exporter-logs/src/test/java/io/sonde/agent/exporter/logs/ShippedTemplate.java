// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sonde.testkit.Elasticsearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What lies in {@code dashboards/elasticsearch}. */
final class ShippedTemplate {

  private static final Path FOLDER = Path.of("../../dashboards/elasticsearch");

  /** Not Sonde's, but of the ingest pipeline; tried with OpenSearch in {@code dashboards}. */
  private static final List<String> OF_THE_PIPELINE = List.of("event.ingested", "labels.weight");

  private ShippedTemplate() {}

  /** As its README says. */
  static void install(Elasticsearch server) {
    server.install("/_component_template/sonde-fields", FOLDER.resolve("component-template.json"));
    server.install("/_index_template/sonde", FOLDER.resolve("index-template.json"));
  }

  /** {@code long} by {@code event.duration}: of the fields that Sonde writes. */
  static Map<String, String> types() {
    Map<String, String> types = new TreeMap<>();
    try {
      JsonNode template = new ObjectMapper().readTree(text("component-template.json"));
      collect(template.at("/template/mappings"), "", types);
      types.keySet().removeAll(OF_THE_PIPELINE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return types;
  }

  static String text(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void collect(JsonNode mapping, String prefix, Map<String, String> types) {
    for (Map.Entry<String, JsonNode> field : mapping.path("properties").properties()) {
      String name = prefix + field.getKey();
      if (field.getValue().has("type")) {
        types.put(name, field.getValue().path("type").asText());
      } else {
        collect(field.getValue(), name + ".", types);
      }
    }
  }
}

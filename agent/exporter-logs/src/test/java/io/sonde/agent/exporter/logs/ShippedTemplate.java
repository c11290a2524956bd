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
import java.util.Map;
import java.util.TreeMap;

/** What lies in {@code dashboards/elasticsearch}. */
final class ShippedTemplate {

  private static final Path FOLDER = Path.of("../../dashboards/elasticsearch");

  private ShippedTemplate() {}

  /** As its README says. */
  static void install(Elasticsearch server) {
    put(server, "/_component_template/sonde-fields", "component-template.json");
    put(server, "/_index_template/sonde", "index-template.json");
  }

  /** {@code long} by {@code event.duration}. */
  static Map<String, String> types() {
    Map<String, String> types = new TreeMap<>();
    try {
      JsonNode template = new ObjectMapper().readTree(text("component-template.json"));
      collect(template.at("/template/mappings"), "", types);
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

  private static void put(Elasticsearch server, String path, String file) {
    JsonNode answer = server.api("PUT", path, text(file));
    if (!answer.path("acknowledged").asBoolean()) {
      throw new AssertionError(file + ": " + answer);
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

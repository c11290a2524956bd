// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The types that the shipped template gives to fields. */
final class TemplateFields {

  private static final Path TEMPLATE = Path.of("elasticsearch/component-template.json");
  private static final Set<String> NUMBERS = Set.of("long", "float");

  private final Map<String, String> types = new TreeMap<>();

  TemplateFields() {
    try {
      JsonNode template = ImportFile.parse(Files.readString(TEMPLATE));
      collect(template.at("/template/mappings"), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A label that is not named is a keyword, by the dynamic template. */
  String type(String field) {
    return types.getOrDefault(field, field.matches("labels\\.\\w+") ? "keyword" : "none");
  }

  boolean exists(String field) {
    return !type(field).equals("none");
  }

  /** Whether it can be sorted and divided by. */
  boolean aggregates(String field) {
    return exists(field) && !type(field).equals("text");
  }

  boolean isNumber(String field) {
    return NUMBERS.contains(type(field));
  }

  private void collect(JsonNode mapping, String prefix) {
    for (Map.Entry<String, JsonNode> field : mapping.path("properties").properties()) {
      String name = prefix + field.getKey();
      if (field.getValue().has("type")) {
        types.put(name, field.getValue().path("type").asText());
      } else {
        collect(field.getValue(), name + ".");
      }
    }
  }
}

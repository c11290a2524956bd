// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The objects of an import file, and the JSON that stands in their strings. */
final class ImportFile {

  static final Path COMMITTED = Path.of("kibana/sonde.ndjson");

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private ImportFile() {}

  static String committed() {
    try {
      return Files.readString(COMMITTED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of a type, in their order. */
  static List<JsonNode> objects(String text, String type) {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : text.lines().toList()) {
      JsonNode object = parse(line);
      if (object.path("type").asText().equals(type)) {
        objects.add(object);
      }
    }
    return objects;
  }

  /**
   * @throws IllegalArgumentException when it is not one value of JSON
   */
  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage());
    }
  }

  static String title(JsonNode object) {
    return object.at("/attributes/title").asText();
  }

  static JsonNode searchSource(JsonNode object) {
    return parse(object.at("/attributes/kibanaSavedObjectMeta/searchSourceJSON").asText());
  }

  static String query(JsonNode object) {
    return searchSource(object).at("/query/query").asText();
  }

  static JsonNode visState(JsonNode visualization) {
    return parse(visualization.at("/attributes/visState").asText());
  }

  static JsonNode panels(JsonNode dashboard) {
    return parse(dashboard.at("/attributes/panelsJSON").asText());
  }
}

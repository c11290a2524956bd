// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One line of an import file: what Kibana keeps under a type and an id. */
abstract class SavedObject {

  static final ObjectMapper JSON = new ObjectMapper();

  /** Name of the reference by which a query finds its data view. */
  private static final String INDEX_REFERENCE = "kibanaSavedObjectMeta.searchSourceJSON.index";

  private final String type;
  private final String typeVersion;
  private final String id;
  private final ArrayNode references = JSON.createArrayNode();

  /**
   * @param typeVersion the lowest of its type that has all attributes: a Kibana refuses later ones
   */
  SavedObject(String type, String typeVersion, String id) {
    this.type = type;
    this.typeVersion = typeVersion;
    this.id = id;
  }

  final String type() {
    return type;
  }

  final String id() {
    return id;
  }

  /** What is peculiar to the type; may call {@link #refer}. */
  abstract ObjectNode attributes();

  final void refer(String name, String type, String id) {
    references.addObject().put("id", id).put("name", name).put("type", type);
  }

  /** The query over the data view, as the text of JSON in which Kibana keeps it. */
  final ObjectNode searchSource(String lucene) {
    refer(INDEX_REFERENCE, DataView.TYPE, DataView.ID);
    ObjectNode source = JSON.createObjectNode();
    source.putObject("query").put("language", "lucene").put("query", lucene);
    source.putArray("filter");
    source.put("indexRefName", INDEX_REFERENCE);
    return meta(source);
  }

  /** Of an object that has no query of its own. */
  static ObjectNode noSearchSource() {
    ObjectNode source = JSON.createObjectNode();
    source.putObject("query").put("language", "lucene").put("query", "");
    source.putArray("filter");
    return meta(source);
  }

  /** JSON as a string inside JSON. */
  static String text(JsonNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The line, without its end. */
  final String line() {
    references.removeAll();
    ObjectNode object = JSON.createObjectNode();
    object.put("id", id).put("type", type);
    object.set("attributes", attributes());
    object.set("references", references);
    object.put("managed", false).put("coreMigrationVersion", "8.8.0");
    object.put("typeMigrationVersion", typeVersion);
    return text(object);
  }

  private static ObjectNode meta(ObjectNode source) {
    return JSON.createObjectNode().put("searchSourceJSON", text(source));
  }
}

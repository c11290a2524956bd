// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One of Kibana's classic visualizations. */
final class Visualization extends SavedObject {

  static final String TYPE = "visualization";

  private final String title;
  private final String description;
  private final Kind kind;
  private final String query;
  private final String markdown;
  private final List<Agg> aggs;

  private Visualization(
      String id,
      String title,
      String description,
      Kind kind,
      String query,
      String markdown,
      List<Agg> aggs) {
    super(TYPE, "8.5.0", id);
    this.title = title;
    this.description = description;
    this.kind = kind;
    this.query = query;
    this.markdown = markdown;
    this.aggs = aggs;
  }

  /**
   * @param aggs a metric first
   */
  static Visualization of(
      Kind kind, String id, String title, String description, String query, Agg... aggs) {
    return new Visualization(id, title, description, kind, query, "", List.of(aggs));
  }

  static Visualization note(String id, String title, String markdown) {
    return new Visualization(id, title, "", Kind.NOTE, "", markdown, List.of());
  }

  @Override
  ObjectNode attributes() {
    ObjectNode attributes = JSON.createObjectNode();
    attributes.put("title", KibanaObjects.TITLE + title).put("description", description);
    attributes.put("visState", text(state())).put("uiStateJSON", "{}").put("version", 1);
    attributes.set(
        "kibanaSavedObjectMeta", kind == Kind.NOTE ? noSearchSource() : searchSource(query));
    return attributes;
  }

  String title() {
    return title;
  }

  private ObjectNode state() {
    ObjectNode state = JSON.createObjectNode();
    state.put("title", KibanaObjects.TITLE + title).put("type", kind.type());
    ArrayNode array = state.putArray("aggs");
    for (Agg agg : aggs) {
      array.add(agg.json(Integer.toString(array.size() + 1)));
    }
    state.set("params", kind == Kind.NOTE ? Kind.note(markdown) : kind.params(aggs));
    return state;
  }
}

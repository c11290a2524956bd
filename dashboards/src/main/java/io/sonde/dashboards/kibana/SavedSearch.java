// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Lines that match a query, as a table of some of their fields. */
final class SavedSearch extends SavedObject {

  static final String TYPE = "search";

  private final String title;
  private final String description;
  private final String query;
  private final String sortField;
  private final boolean descending;
  private final List<String> columns;

  private SavedSearch(
      String id,
      String title,
      String description,
      String query,
      String sortField,
      boolean descending,
      List<String> columns) {
    super(TYPE, "8.0.0", id);
    this.title = title;
    this.description = description;
    this.query = query;
    this.sortField = sortField;
    this.descending = descending;
    this.columns = columns;
  }

  static SavedSearch newestFirst(
      String id, String title, String description, String query, String... columns) {
    return new SavedSearch(id, title, description, query, DataView.TIME, true, List.of(columns));
  }

  static SavedSearch oldestFirst(
      String id, String title, String description, String query, String... columns) {
    return new SavedSearch(id, title, description, query, DataView.TIME, false, List.of(columns));
  }

  static SavedSearch greatestFirst(
      String id, String title, String description, String query, String by, String... columns) {
    return new SavedSearch(id, title, description, query, by, true, List.of(columns));
  }

  @Override
  ObjectNode attributes() {
    ObjectNode attributes = JSON.createObjectNode();
    attributes.put("title", KibanaObjects.TITLE + title).put("description", description);
    ArrayNode shown = attributes.putArray("columns");
    columns.forEach(shown::add);
    attributes.putArray("sort").addArray().add(sortField).add(descending ? "desc" : "asc");
    attributes.putObject("grid");
    // -1: a row is as high as its text, of which a stack trace needs it.
    attributes.put("rowHeight", columns.contains("error.stack_trace") ? -1 : 1);
    attributes.put("hideChart", false).put("isTextBasedQuery", false).put("timeRestore", false);
    attributes.set("kibanaSavedObjectMeta", searchSource(query));
    return attributes;
  }

  String title() {
    return title;
  }
}

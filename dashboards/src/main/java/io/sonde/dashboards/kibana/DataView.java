// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** All data streams of Sonde, with names for readers, and links where a field holds an id. */
final class DataView extends SavedObject {

  static final String TYPE = "index-pattern";
  static final String ID = "sonde";
  static final String INDICES = "logs-sonde.*-*";
  static final String TIME = "@timestamp";

  private static final String ZIPKIN = "http://localhost:9411/zipkin/traces/{{value}}";

  /** Beginning with dots, which Kibana takes for a place below its own root, wherever that is. */
  private static final String ONE_REQUEST =
      "../app/dashboards#/view/"
          + OneRequest.ID
          + "?_a=(query:(language:lucene,query:'http.request.id:%22{{value}}%22'))";

  private final Map<String, String> labels;

  /**
   * @param labels by field; any other is shown by its own name
   */
  DataView(Map<String, String> labels) {
    super(TYPE, "8.0.0", ID);
    this.labels = labels;
  }

  @Override
  ObjectNode attributes() {
    ObjectNode attributes = JSON.createObjectNode();
    attributes.put("title", INDICES).put("name", "Sonde").put("timeFieldName", TIME);
    attributes.put("fieldAttrs", text(names())).put("fieldFormatMap", text(formats()));
    attributes.put("fields", "[]").put("sourceFilters", "[]");
    return attributes.put("runtimeFieldMap", "{}").put("typeMeta", "{}");
  }

  private ObjectNode names() {
    ObjectNode names = JSON.createObjectNode();
    labels.forEach((field, label) -> names.putObject(field).put("customLabel", label));
    return names;
  }

  private static ObjectNode formats() {
    ObjectNode formats = JSON.createObjectNode();
    ObjectNode duration = formats.putObject("event.duration").put("id", "duration");
    duration
        .putObject("params")
        .put("inputFormat", "nanoseconds")
        .put("outputFormat", "asMilliseconds")
        .put("outputPrecision", 1)
        .put("showSuffix", true)
        .put("useShortSuffix", true)
        .put("includeSpaceWithSuffix", true);
    link(formats, "trace.id", ZIPKIN);
    link(formats, "http.request.id", ONE_REQUEST);
    // No thousands: 1,234 is no process.
    formats.putObject("process.pid").put("id", "number").putObject("params").put("pattern", "0");
    return formats;
  }

  private static void link(ObjectNode formats, String field, String url) {
    formats
        .putObject(field)
        .put("id", "url")
        .putObject("params")
        .put("urlTemplate", url)
        .put("labelTemplate", "{{value}}");
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import java.util.LinkedHashMap;
import java.util.Map;

/** What will stand in the import file, in its order. */
final class Objects {

  private final Map<String, SavedObject> objects = new LinkedHashMap<>();

  <T extends SavedObject> T add(T object) {
    if (objects.put(object.type() + ":" + object.id(), object) != null) {
      throw new IllegalStateException("twice: " + object.type() + ":" + object.id());
    }
    return object;
  }

  /**
   * @param aggs a metric first
   */
  Visualization visualization(
      Kind kind, String id, String title, String description, String query, Agg... aggs) {
    return add(Visualization.of(kind, "sonde-" + id, title, description, query, aggs));
  }

  /** An object a line, and no line that says how many. */
  String lines() {
    StringBuilder lines = new StringBuilder();
    for (SavedObject object : objects.values()) {
      lines.append(object.line()).append('\n');
    }
    return lines.toString();
  }
}

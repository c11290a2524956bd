// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sonde.agent.recording.HealthChange;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Of a check whose status has changed: what it was, what it is, and the numbers, as strings. */
final class HealthFields extends LineFields {

  private final LabelNames names;
  private final HealthChange change;

  HealthFields(LineBudget budget, LabelNames names, HealthChange change) {
    super(budget);
    this.names = names;
    this.change = change;
  }

  @Override
  void write(JsonGenerator json) throws IOException {
    dataset(json, Signal.HEALTH);
    text(json, "event.kind", "event", SHORT);
    text(json, "labels.check", change.check(), SHORT);
    text(json, "labels.from", change.from(), SHORT);
    text(json, "labels.to", change.to(), SHORT);
    Set<String> written = new HashSet<>();
    for (Map.Entry<String, String> number : change.numbers().entrySet()) {
      String name = names.of(Signal.HEALTH, number.getKey());
      if (name == null) {
        cut();
      } else if (!isOwn(name) && written.add(name)) {
        text(json, name, number.getValue(), SHORT);
      }
    }
  }

  /** A line that has a name twice is refused by Elasticsearch. */
  private static boolean isOwn(String name) {
    return name.equals("labels.check") || name.equals("labels.from") || name.equals("labels.to");
  }
}

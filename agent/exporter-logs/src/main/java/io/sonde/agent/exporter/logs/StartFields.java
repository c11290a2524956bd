// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sonde.agent.recording.ServiceStart;
import java.io.IOException;

/** Of the start of this process: on what it runs. Its version is on every line. */
final class StartFields extends LineFields {

  private final ServiceStart start;

  StartFields(LineBudget budget, ServiceStart start) {
    super(budget);
    this.start = start;
  }

  @Override
  void write(JsonGenerator json) throws IOException {
    dataset(json, Signal.LIFECYCLE);
    text(json, "event.kind", "event", SHORT);
    text(json, "event.category", "process", SHORT);
    text(json, "event.action", "started", SHORT);
    text(json, "labels.version", start.version(), SHORT);
    text(json, "labels.java_version", start.javaVersion(), SHORT);
    text(json, "labels.sonde_version", start.sondeVersion(), SHORT);
  }
}

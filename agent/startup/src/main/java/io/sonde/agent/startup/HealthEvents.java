// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.recording.HealthChange;
import io.sonde.agent.recording.Pipeline;
import io.sonde.health.CheckResult;
import io.sonde.health.Status;
import io.sonde.health.StatusListener;
import java.util.LinkedHashMap;
import java.util.Map;

/** Hands each change of a check's status to the exporters, with its numbers. */
final class HealthEvents implements StatusListener {

  private final Pipeline pipeline;

  HealthEvents(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public void changed(CheckResult now, Status before) {
    pipeline.healthChanged(
        new HealthChange(
            now.key(),
            before.toString(),
            now.status().toString(),
            now.status().worseThan(before),
            now.output(),
            numbers(now),
            System.currentTimeMillis()));
  }

  /** What can be told in a word: lists and maps stay in the document. */
  private static Map<String, String> numbers(CheckResult result) {
    Map<String, String> numbers = new LinkedHashMap<>();
    put(numbers, "component", result.componentId());
    put(numbers, "observed", result.observedValue());
    put(numbers, "unit", result.observedUnit());
    result.extras().forEach((name, value) -> put(numbers, name, value));
    return numbers;
  }

  private static void put(Map<String, String> numbers, String name, Object value) {
    if (value instanceof Number || value instanceof String || value instanceof Boolean) {
      numbers.put(name, value.toString());
    }
  }
}

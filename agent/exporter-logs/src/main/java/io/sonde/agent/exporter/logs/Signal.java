// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

/** What a line tells of. Each has accounts of its own; under pressure the first ones go first. */
enum Signal {
  /** One per request: the most, and each is also in the metrics. */
  ACCESS("access", "sonde.access", 0.5),
  /** What the application logged. */
  LOGS("logs", "sonde.log", 0.9),
  /** What nobody handled: never shed, lost only when the queue is full. */
  ERRORS("errors", "sonde.error", 2.0),
  /** Changes of a check's status: a few, never shed. */
  HEALTH("health", "sonde.health", 2.0),
  /** One for each start of the process. */
  LIFECYCLE("lifecycle", "sonde.lifecycle", 2.0);

  private final String label;
  private final String dataset;
  private final double shedAbove;

  Signal(String label, String dataset, double shedAbove) {
    this.label = label;
    this.dataset = dataset;
    this.shedAbove = shedAbove;
  }

  /** In the ledger. */
  String label() {
    return label;
  }

  /** Part of a data stream's name. */
  String dataset() {
    return dataset;
  }

  /** Share of the queue in use, above which lines of this kind are not taken any more. */
  double shedAbove() {
    return shedAbove;
  }
}

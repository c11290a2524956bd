// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Where the metrics are kept: says each question in its own language. */
public interface Store {

  /** Whom a question is about. */
  enum Scope {
    /** What the dashboard's variables choose. */
    CHOSEN,
    /** All there is; for alerts, which have no variables. */
    ALL
  }

  /** Of its dashboards, under {@code grafana/}; also a tag, and the end of each dashboard's uid. */
  String folder();

  /** As its makers write it. */
  String title();

  /** The id of Grafana's plugin for it. */
  String plugin();

  /** Of the data source in {@code grafana/provisioning}, which alerts name. */
  default String dataSourceUid() {
    return "sonde-" + folder();
  }

  /**
   * Grafana's query for a line, without {@code refId} and {@code datasource}. Empty where this
   * store cannot answer: the line is then left out, with its panel when it was the only one.
   */
  Optional<ObjectNode> target(Line line, Scope scope);

  /** Grafana's transformation that makes words of the names of a line's series, where needed. */
  default Optional<ObjectNode> transformation(Line line) {
    return Optional.empty();
  }

  /**
   * The members of a variable of type {@code query} that depend on the store: {@code query}, {@code
   * allValue}, {@code regex}.
   *
   * @param label {@code service} (all of them), {@code instance} (of {@code $service}), or another
   *     (of both)
   */
  ObjectNode variable(Metric metric, String label);

  /** The query of the annotation that shows deploys; empty where there is none. */
  Optional<ObjectNode> deploys();

  /** How the text of an alert says which series it is about. */
  String seriesInAlert(List<String> labels);
}

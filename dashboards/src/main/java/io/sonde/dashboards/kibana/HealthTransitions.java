// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import java.util.LinkedHashMap;
import java.util.Map;

/** When checks of /health have changed their status; starts and versions. */
final class HealthTransitions {

  private static final String HEALTH = "data_stream.dataset:\"sonde.health\"";

  /** One line a start of a process. */
  static final String STARTS = "event.action:started";

  private HealthTransitions() {}

  static void addTo(Objects to, Visualization starts) {
    Map<String, String> directions = new LinkedHashMap<>();
    directions.put("to fail", "labels.to:fail");
    directions.put("to warn", "labels.to:warn");
    directions.put("to pass", "labels.to:pass");
    Visualization counts =
        to.visualization(
            Kind.FIGURES,
            "health-total",
            "Transitions",
            "Changes of a check’s status.",
            HEALTH,
            Agg.count("transitions"),
            Agg.filters(directions));
    Visualization overTime =
        to.visualization(
            Kind.STACKED,
            "health-over-time",
            "Transitions over time",
            "To which status the checks have changed.",
            HEALTH,
            Agg.count("Transitions"),
            Agg.overTime(),
            Agg.colors("labels.to", "To", 3));
    Visualization checks =
        to.visualization(
            Kind.TABLE,
            "health-checks",
            "Checks and their newest status",
            "Whatever has changed at least once; a check that never did is not here.",
            HEALTH,
            Agg.of("max", DataView.TIME, "Since"),
            Agg.newest("labels.to", "Status"),
            Agg.newest("message", "Why"),
            Agg.count("Changes"),
            Agg.rows("service.name", "Service", 50),
            Agg.rows("service.node.name", "Instance", 50),
            Agg.rows("labels.check", "Check", 50));
    Visualization restless =
        to.visualization(
            Kind.RANKING,
            "health-restless",
            "Which change most",
            "Checks by the number of their changes.",
            HEALTH,
            Agg.count("Changes"),
            Agg.bars("labels.check", "Check", 20));
    SavedSearch transitions =
        to.add(
            SavedSearch.newestFirst(
                "sonde-health",
                "All transitions",
                "One line each time that a check has changed its status, with the numbers.",
                HEALTH,
                "service.name",
                "service.node.name",
                "labels.check",
                "labels.from",
                "labels.to",
                "message"));
    SavedSearch lifecycle =
        to.add(
            SavedSearch.newestFirst(
                "sonde-starts",
                "Starts and versions",
                "One line a start of a process.",
                STARTS,
                "service.name",
                "service.node.name",
                "labels.version",
                "labels.java_version",
                "labels.sonde_version",
                "message"));
    to.add(
        KibanaDashboard.ofServices(
                "sonde-health", "health transitions", "When checks changed, and why.")
            .control("labels.check", "Check")
            .row(7)
            .show(48, counts)
            .row(14)
            .show(18, overTime)
            .show(15, restless)
            .show(15, starts)
            .row(10)
            .show(48, checks)
            .row(14)
            .show(48, transitions)
            .row(10)
            .show(48, lifecycle));
  }
}

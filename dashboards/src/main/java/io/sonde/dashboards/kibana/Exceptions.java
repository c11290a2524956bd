// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

/** What nobody had handled, by kind, and what the services log. */
final class Exceptions {

  private static final String ERROR = "data_stream.dataset:\"sonde.error\"";
  private static final String LOG = "data_stream.dataset:\"sonde.log\"";

  private Exceptions() {}

  static void addTo(Objects to) {
    Visualization counts =
        to.visualization(
            Kind.FIGURES,
            "exceptions-total",
            "Exceptions",
            "Recorded are ten a minute of each kind; what is more is told with the next one.",
            ERROR,
            Agg.count("recorded"),
            Agg.of("sum", "labels.repeat_count", "more of the same"),
            Agg.of("cardinality", "labels.fingerprint", "kinds"));
    Visualization overTime =
        to.visualization(
            Kind.STACKED,
            "exceptions-over-time",
            "Exceptions by type",
            "Of the root cause, what nobody had handled.",
            ERROR,
            Agg.count("Exceptions"),
            Agg.overTime(),
            Agg.colors("error.type", "Exception", 10));
    Visualization kinds =
        to.visualization(
            Kind.TABLE,
            "exceptions-kinds",
            "Kinds, the most frequent first",
            "A fingerprint is the same for the same exception at the same place, on all instances.",
            ERROR,
            Agg.count("Recorded"),
            Agg.of("sum", "labels.repeat_count", "More"),
            Agg.of("min", DataView.TIME, "First"),
            Agg.of("max", DataView.TIME, "Newest"),
            Agg.newest("error.message", "Its message"),
            Agg.newest("labels.handler", "Its handler"),
            Agg.newest("error.stack_trace", "Its stack trace"),
            Agg.rows("labels.fingerprint", "Fingerprint", 50),
            Agg.rows("error.type", "Exception", 1));
    Visualization routes =
        to.visualization(
            Kind.RANKING,
            "exceptions-routes",
            "Exceptions by route",
            "Which requests ended with an exception.",
            ERROR,
            Agg.count("Exceptions"),
            Agg.bars("labels.route", "Route", 20));
    Visualization places =
        to.visualization(
            Kind.RANKING,
            "exceptions-places",
            "Where they were seen",
            "handler: it left the handler of a request; log: it was logged; future: nobody asked"
                + " for it.",
            ERROR,
            Agg.count("Exceptions"),
            Agg.bars("labels.seen_at", "Seen at", 20));
    Visualization levels =
        to.visualization(
            Kind.STACKED,
            "log-levels",
            "Log lines by level",
            "What the services log themselves, from logs.level on.",
            LOG,
            Agg.count("Lines"),
            Agg.overTime(),
            Agg.colors("log.level", "Level", 6));
    SavedSearch traces =
        to.add(
            SavedSearch.newestFirst(
                "sonde-exceptions",
                "Exceptions with stack traces",
                "One line an exception, with its stack trace.",
                ERROR,
                "service.name",
                "labels.fingerprint",
                "http.request.method",
                "labels.route",
                "http.request.id",
                "error.stack_trace"));
    SavedSearch log =
        to.add(
            SavedSearch.newestFirst(
                "sonde-log",
                "Application log",
                "The services' own log lines.",
                LOG,
                "service.name",
                "log.level",
                "log.logger",
                "message",
                "http.request.id"));
    to.add(
        KibanaDashboard.ofServices(
                "sonde-exceptions", "exceptions", "What went wrong, by kind, with stack traces.")
            .control("error.type", "Exception")
            .row(7)
            .show(48, counts)
            .row(14)
            .show(24, overTime)
            .show(24, levels)
            .row(20)
            .show(48, kinds)
            .row(12)
            .show(24, routes)
            .show(24, places)
            .row(20)
            .show(48, traces)
            .row(16)
            .show(48, log));
  }
}

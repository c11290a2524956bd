// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

/** Everything with one id. */
final class OneRequest {

  /** The links on request ids lead there. */
  static final String ID = "sonde-one-request";

  private static final String ACCESS = "data_stream.dataset:\"sonde.access\"";
  private static final String WITH_ID = "_exists_:http.request.id";

  private OneRequest() {}

  static void addTo(Objects to) {
    Visualization note =
        to.add(
            Visualization.note(
                "sonde-request-note",
                "How to come here",
                "All lines with one id, over all services. Come here by the link of a **Request"
                    + " id**, or type `http.request.id:\"…\"` or `trace.id:\"…\"` above (Lucene)."
                    + " The link of a **Trace** leads to Zipkin."));
    Visualization services =
        to.visualization(
            Kind.TABLE,
            "request-services",
            "Who took part",
            "Services and instances that have written lines, and when.",
            WITH_ID,
            Agg.count("Lines"),
            Agg.of("min", DataView.TIME, "First"),
            Agg.of("max", DataView.TIME, "Last"),
            Agg.of("max", "event.duration", "Longest request"),
            Agg.rows("service.name", "Service", 20),
            Agg.rows("service.node.name", "Instance", 20));
    Visualization kinds =
        to.visualization(
            Kind.RANKING,
            "request-kinds",
            "Lines by kind",
            "Access events, exceptions, log lines.",
            WITH_ID,
            Agg.count("Lines"),
            Agg.bars("data_stream.dataset", "Kind", 5));
    Visualization calls =
        to.visualization(
            Kind.TABLE,
            "request-served",
            "Requests served",
            "One row a request; of several, services have called each other.",
            ACCESS,
            Agg.of("max", "event.duration", "Duration"),
            Agg.newest("message", "What was asked"),
            Agg.rows("service.name", "Service", 20),
            Agg.rows("span.id", "Span", 50));
    SavedSearch lines =
        to.add(
            SavedSearch.oldestFirst(
                "sonde-one-request",
                "One request by its id",
                "All lines of a request in their order; narrow down by http.request.id or"
                    + " trace.id.",
                WITH_ID,
                "service.name",
                "data_stream.dataset",
                "log.level",
                "message",
                "event.duration",
                "http.request.id",
                "trace.id"));
    SavedSearch traces =
        to.add(
            SavedSearch.oldestFirst(
                "sonde-one-request-exceptions",
                "Exceptions of one request",
                "What was thrown meanwhile.",
                WITH_ID + " AND _exists_:error.stack_trace",
                "service.name",
                "http.request.id",
                "error.stack_trace"));
    to.add(
        new KibanaDashboard(ID, "one request", "Everything that was written with one id.")
            .control("http.request.id", "Request id")
            .control("trace.id", "Trace")
            .control("service.name", "Service")
            .row(5)
            .show(48, note)
            .row(12)
            .show(20, services)
            .show(10, kinds)
            .show(18, calls)
            .row(16)
            .show(48, lines)
            .row(16)
            .show(48, traces));
  }
}

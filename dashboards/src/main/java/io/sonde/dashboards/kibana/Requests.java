// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was asked of the services: access events, one a request. */
final class Requests {

  private static final String ACCESS = "data_stream.dataset:\"sonde.access\"";
  private static final String FAILED = ACCESS + " AND event.outcome:failure";

  private Requests() {}

  static void addTo(Objects to, Visualization starts) {
    Map<String, String> classes = new LinkedHashMap<>();
    classes.put("2xx", "http.response.status_code:[200 TO 299]");
    classes.put("3xx", "http.response.status_code:[300 TO 399]");
    classes.put("4xx", "http.response.status_code:[400 TO 499]");
    classes.put("5xx", "http.response.status_code:[500 TO 599]");
    classes.put("no answer", "NOT _exists_:http.response.status_code");
    Map<String, String> totals = new LinkedHashMap<>();
    totals.put("all", "*");
    totals.put("failed", "event.outcome:failure");
    totals.put("slow", "labels.slow:true");
    Visualization counts =
        to.visualization(
            Kind.FIGURES,
            "requests-total",
            "Requests",
            "Access events. With logs.access.sample below 1 they stand for more requests.",
            ACCESS,
            Agg.count("requests"),
            Agg.filters(totals));
    Visualization times =
        to.visualization(
            Kind.FIGURES,
            "requests-times",
            "Response time",
            "Of the served requests, from the first byte read to the end of the answer.",
            ACCESS,
            Agg.percentiles("event.duration", "duration", 50, 95, 99));
    Visualization overTime =
        to.visualization(
            Kind.STACKED,
            "requests-over-time",
            "Requests by class of status",
            "How many were answered, and how.",
            ACCESS,
            Agg.count("Requests"),
            Agg.overTime(),
            Agg.filters(classes));
    Visualization latency =
        to.visualization(
            Kind.LINES,
            "requests-latency",
            "Response time over time",
            "Percentiles of all requests served in each interval.",
            ACCESS,
            Agg.percentiles("event.duration", "duration", 50, 95, 99),
            Agg.overTime());
    Visualization routes =
        to.visualization(
            Kind.TABLE,
            "requests-routes",
            "Routes, the slowest first",
            "By mean time; a row to click on narrows all panels down to its route.",
            ACCESS,
            Agg.of("avg", "event.duration", "Mean"),
            Agg.count("Requests"),
            Agg.percentiles("event.duration", "duration", 50, 95, 99),
            Agg.of("max", "event.duration", "Slowest"),
            Agg.rows("labels.route", "Route", 50),
            Agg.rows("http.request.method", "Method", 10));
    Visualization failing =
        to.visualization(
            Kind.TABLE,
            "requests-failing",
            "Routes that fail most",
            "Status 400 and above, and whatever ended with an exception.",
            FAILED,
            Agg.count("Failed"),
            Agg.newest("message", "Newest"),
            Agg.rows("labels.route", "Route", 50),
            Agg.rows("http.response.status_code", "Status", 10));
    Visualization instances =
        to.visualization(
            Kind.TABLE,
            "requests-instances",
            "Services and instances",
            "Which process has served how many; a fleet shares evenly.",
            ACCESS,
            Agg.count("Requests"),
            Agg.of("avg", "event.duration", "Mean"),
            Agg.rows("service.name", "Service", 50),
            Agg.rows("service.node.name", "Instance", 50));
    SavedSearch access =
        to.add(
            SavedSearch.newestFirst(
                "sonde-access",
                "Access log",
                "One line a request.",
                ACCESS,
                "service.name",
                "http.request.method",
                "url.path",
                "http.response.status_code",
                "event.duration",
                "labels.route",
                "source.ip",
                "http.request.id",
                "trace.id"));
    SavedSearch slow =
        to.add(
            SavedSearch.greatestFirst(
                "sonde-slow",
                "Slowest requests",
                "The requests that took longest.",
                ACCESS,
                "event.duration",
                "event.duration",
                "http.request.method",
                "url.path",
                "http.response.status_code",
                "http.request.id",
                "trace.id"));
    to.add(
        KibanaDashboard.ofServices(
                "sonde-requests", "requests", "What was asked of the services, how it went.")
            .control("labels.route", "Route")
            .row(7)
            .show(24, counts)
            .show(24, times)
            .row(14)
            .show(24, overTime)
            .show(24, latency)
            .row(16)
            .show(28, routes)
            .show(20, failing)
            .row(14)
            .show(12, instances)
            .show(12, starts)
            .show(24, slow)
            .row(18)
            .show(48, access));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import java.util.LinkedHashMap;
import java.util.Map;

/** What Sonde brings to Kibana: the fields' names for readers, and four dashboards. */
public final class KibanaObjects {

  /** In front of each title: Kibana lists everybody's objects together. */
  static final String TITLE = "Sonde: ";

  private KibanaObjects() {}

  /** The whole import file. */
  public static String ndjson() {
    Objects objects = new Objects();
    objects.add(new DataView(labels()));
    Visualization starts = starts(objects);
    Requests.addTo(objects, starts);
    Exceptions.addTo(objects);
    OneRequest.addTo(objects);
    HealthTransitions.addTo(objects, starts);
    return objects.lines();
  }

  private static Visualization starts(Objects to) {
    return to.visualization(
        Kind.STACKED,
        "starts",
        "Starts by version",
        "Each start of a process; another version than before is a deploy.",
        HealthTransitions.STARTS,
        Agg.count("Starts"),
        Agg.overTime(),
        Agg.colors("labels.version", "Version", 10));
  }

  private static Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("service.name", "Service");
    labels.put("service.version", "Version");
    labels.put("service.environment", "Environment");
    labels.put("service.node.name", "Instance");
    labels.put("data_stream.dataset", "Kind");
    labels.put("log.level", "Level");
    labels.put("log.logger", "Logger");
    labels.put("process.thread.name", "Thread");
    labels.put("message", "Message");
    labels.put("http.request.method", "Method");
    labels.put("http.request.id", "Request id");
    labels.put("http.response.status_code", "Status");
    labels.put("url.path", "Path");
    labels.put("url.query", "Query");
    labels.put("event.duration", "Duration");
    labels.put("event.outcome", "Outcome");
    labels.put("source.ip", "Caller");
    labels.put("trace.id", "Trace");
    labels.put("span.id", "Span");
    labels.put("error.type", "Exception");
    labels.put("error.message", "Exception’s message");
    labels.put("error.stack_trace", "Stack trace");
    labels.put("labels.route", "Route");
    labels.put("labels.handler", "Handler");
    labels.put("labels.fingerprint", "Fingerprint");
    labels.put("labels.seen_at", "Seen at");
    labels.put("labels.repeat_count", "Repeated");
    labels.put("labels.check", "Check");
    labels.put("labels.from", "From");
    labels.put("labels.to", "To");
    labels.put("labels.version", "Version started");
    labels.put("labels.java_version", "Java");
    labels.put("labels.sonde_version", "Sonde");
    return labels;
  }
}

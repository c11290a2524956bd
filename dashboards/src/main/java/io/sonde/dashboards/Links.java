// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

/**
 * Where panels lead. {@code $zipkin} and {@code $kibana} are constants of each dashboard, {@code
 * $trace} and {@code $request} fields that the reader fills.
 */
public final class Links {

  static final String ZIPKIN = "http://localhost:9411";
  static final String KIBANA = "http://localhost:5601";

  /** The ids of Kibana's dashboards. */
  public static final String REQUESTS = "sonde-requests";

  public static final String EXCEPTIONS = "sonde-exceptions";
  public static final String ONE_REQUEST = "sonde-one-request";
  public static final String HEALTH = "sonde-health";

  static final String ZIPKIN_SEARCH = "${zipkin}/zipkin/?serviceName=${service}&limit=20";
  static final String ZIPKIN_TRACE = "${zipkin}/zipkin/traces/${trace}";
  static final String KIBANA_REQUESTS = kibana(REQUESTS, "service.name", "service");
  static final String KIBANA_EXCEPTIONS = kibana(EXCEPTIONS, "service.name", "service");
  static final String KIBANA_REQUEST = kibana(ONE_REQUEST, "http.request.id", "request");

  static final String KIBANA_HEALTH = kibana(HEALTH, "service.name", "service");

  private Links() {}

  /** A Kibana dashboard with a query in Lucene's language. */
  private static String kibana(String dashboard, String field, String variable) {
    return "${kibana}/app/dashboards#/view/%s?_a=(query:(language:lucene,query:'%s:${%s:lucene}'))"
        .formatted(dashboard, field, variable);
  }
}

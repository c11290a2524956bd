// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.prometheus;

import io.sonde.dashboards.Metric;

/** What metrics are called in Prometheus. */
final class Names {

  private Names() {}

  /** {@code sonde_http_server_requests_total}; a timer is in seconds and says so. */
  static String of(Metric metric) {
    String words = metric.name().replace('.', '_');
    String name = words.startsWith("sonde_") ? words : "sonde_" + words;
    return switch (metric.kind()) {
      case TIMER -> name + "_seconds";
      case COUNTER -> name.endsWith("_total") ? name : name + "_total";
      case GAUGE -> name;
    };
  }
}

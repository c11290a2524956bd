// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import io.sonde.dashboards.graphite.Graphite;
import io.sonde.dashboards.influxdb.InfluxDb;
import io.sonde.dashboards.prometheus.Prometheus;
import java.util.List;

/** All of them. */
final class Stores {

  private Stores() {}

  static List<Store> all() {
    return List.of(new Graphite(), new Prometheus(), new InfluxDb());
  }
}

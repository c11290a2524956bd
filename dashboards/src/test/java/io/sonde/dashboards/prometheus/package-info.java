// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Each query on a real Prometheus. What stands between it and the agent is statsd_exporter, which
 * cannot be had here: {@link io.sonde.dashboards.prometheus.StatsdExporter} does what its README
 * says of the mapping.
 */
@NullMarked
package io.sonde.dashboards.prometheus;

import org.jspecify.annotations.NullMarked;

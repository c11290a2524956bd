// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Writes what is beside this module's sources: dashboards, alerts and mappings, from one table.
 *
 * <pre>
 *  Metrics ── what the agent sends          Dashboards, Alerts ── what is to be seen, in words of Metrics
 *      └──────────────┬──────────────────────────────┘
 *                   Store ── says each question in its own language: Graphite, Prometheus, InfluxDB
 *                     │
 *                GrafanaJson ── grafana/&lt;store&gt;/*.json        Kibana is apart: it asks the log lines
 * </pre>
 *
 * {@link io.sonde.dashboards.Generate} writes the files; they are committed, and a test fails when
 * they are not what it would write.
 */
@NullMarked
package io.sonde.dashboards;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Writes {@code dashboards/kibana/sonde.ndjson}: data view, saved searches, visualizations and
 * dashboards over Sonde's log lines, as Kibana 8.9 and later import them.
 *
 * <p>{@code Requests}, {@code Exceptions}, {@code OneRequest} and {@code HealthTransitions} are the
 * tables, and {@link io.sonde.dashboards.kibana.KibanaObjects} all of them; the other classes know
 * how Kibana spells things. Visualizations are its classic ones, whose aggregations are
 * Elasticsearch's own, and queries are Lucene's, which Kibana hands on as they are: so that each
 * can be run where there is no Kibana.
 */
@NullMarked
package io.sonde.dashboards.kibana;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * What all these tests observe: two services of one program under traffic, made so that no panel is
 * empty.
 *
 * <pre>
 *  traffic ──▶ shop ──▶ orders            both with the agent, each in a JVM of its own
 *                │         │
 *                └────┬────┘  statsd lines, spans, log lines
 *                     ▼
 *      Relay ─▶ whichever statsd servers want them      Collector, which refuses some spans
 * </pre>
 */
@NullMarked
package io.sonde.dashboards.observed;

import org.jspecify.annotations.NullMarked;

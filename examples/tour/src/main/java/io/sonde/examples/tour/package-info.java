// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * What {@code examples/demo} runs: the shop with the agent attached, a real Zipkin, receivers for
 * statsd and for log lines, some traffic, and then the tour of what was seen.
 *
 * <pre>
 *   Traffic ──▶ gateway ──▶ orders ──▶ stock          three JVMs, each with the agent
 *                  │           │          │
 *                  ├───────────┴──────────┼──▶ StatsdReceiver  (UDP)  ─┐
 *                  ├──────────────────────┼──▶ LogReceiver     (TCP)  ─┼──▶ Tour ──▶ terminal
 *                  ├──────────────────────┴──▶ Zipkin          (HTTP) ─┤
 *                  └── /health, /sonde/status ─────────────────────────┘
 * </pre>
 *
 * Everything listens on loopback and writes below {@code examples/tour/target} only.
 */
package io.sonde.examples.tour;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Metrics to statsd, exact.
 *
 * <p>What Micrometer does here: it is the registry ({@code StatsdMeterRegistry}, by its public
 * builder) of everything that is <em>read</em> once an interval: its own JVM binders, pools, gauges
 * of other modules and the ledger. {@link io.sonde.agent.exporter.statsd.PolledMeter} reads its
 * gauges; what its timers tell comes out of {@code lineSink}, written by {@link
 * io.sonde.agent.exporter.statsd.SondeLineBuilder}. What it does not do:
 *
 * <ul>
 *   <li><b>Records.</b> {@code Timer.record} costs 355 ns and 320 bytes, and a line, per request,
 *       where a cell costs a tenth and nothing. Even fed with sums per interval its counters would
 *       cost exactness: a line that was given to {@code lineSink} is a string, and which records it
 *       holds is not known any more when it is too large, refused, or cut by a reset. So counters
 *       and durations are written beside it, by the same naming.
 *   <li><b>Transport.</b> Its Netty one loses lines under load (micrometer#2908, #1591, #2177,
 *       #354).
 *   <li><b>Threads.</b> See {@link io.sonde.agent.exporter.statsd.NoScheduler}.
 * </ul>
 */
package io.sonde.agent.exporter.statsd;

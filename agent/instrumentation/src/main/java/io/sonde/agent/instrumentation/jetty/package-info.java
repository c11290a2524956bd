// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Jetty 9.4 and 12.0: what its connectors tell. Requests are not seen yet.
 *
 * <pre>
 *  ServerConnector.doStart, .doStop   a connector accepts, or no more
 * </pre>
 *
 * <p>{@link io.sonde.agent.instrumentation.jetty.JettyServerReader} reads the number of connected
 * end points later, on Sonde's thread; {@link io.sonde.agent.instrumentation.ServerNumbers} the
 * threads that the {@code QueuedThreadPool} uses for requests: those leased to acceptors and
 * selectors count neither as busy nor towards the limit.
 */
package io.sonde.agent.instrumentation.jetty;

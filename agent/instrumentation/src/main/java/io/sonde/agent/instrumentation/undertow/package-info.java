// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Undertow 2.2 and 2.3, where it was built with {@code Undertow.builder()} (Spring Boot; not inside
 * WildFly): what it tells. Requests are not seen yet.
 *
 * <pre>
 *  Undertow.start, .stop   a server accepts, or no more
 * </pre>
 *
 * <p>{@link io.sonde.agent.instrumentation.undertow.UndertowServerReader} reads the connectors'
 * statistics later, on Sonde's thread. Where those are off ({@code UndertowOptions.
 * ENABLE_STATISTICS}), nothing is said of sockets: XNIO's server bean has a number, too, but asks
 * the I/O threads for it and waits for them.
 *
 * <p>The limit of the threads is the worker's, by its bean. How many are busy JBoss Threads counts
 * only with {@code -Djboss.threads.eqe.statistics.active-count=true}; else nothing is said of it.
 */
package io.sonde.agent.instrumentation.undertow;

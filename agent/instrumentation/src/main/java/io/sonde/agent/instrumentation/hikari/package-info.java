// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * HikariCP 3.4 to 7.
 *
 * <pre>
 *  HikariPool.&lt;init&gt;          a pool exists
 *  HikariPool.getConnection(long)   how long a thread waited for a connection, and whether it got one
 * </pre>
 *
 * <p>Advice runs on the threads that ask for connections. {@link
 * io.sonde.agent.instrumentation.hikari.HikariPoolReader} reads the pool's own counters later, on
 * Sonde's thread; nothing is ever borrowed.
 */
package io.sonde.agent.instrumentation.hikari;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * HikariCP 2.4 to 7. In 2.3 the pool lends connections by another method: it is refused.
 *
 * <pre>
 *  HikariPool.&lt;init&gt;          a pool exists
 *  HikariPool.getConnection(long)   how long a thread waited for a connection, and whether it got one
 *  ProxyConnection.close()          the connection is back
 * </pre>
 *
 * <p>Advice runs on the threads that ask for connections and give them back. {@link
 * io.sonde.agent.instrumentation.hikari.HikariPoolReader} reads the pool's own counters later, on
 * Sonde's thread; nothing is ever borrowed.
 *
 * <p>Not seen: a pool that fails fast at its start; the end of a connection that the application
 * evicts and never closes.
 */
package io.sonde.agent.instrumentation.hikari;

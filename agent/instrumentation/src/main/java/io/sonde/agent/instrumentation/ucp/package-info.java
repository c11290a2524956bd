// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Oracle Universal Connection Pool 19 to 23.
 *
 * <pre>
 *  UniversalConnectionPoolImpl.borrowConnection(…)   the pool exists; how long a thread waited for a
 *                                                    connection, and whether it got one
 *  UniversalConnectionPoolImpl.returnConnection(UniversalPooledConnection)   it is back
 * </pre>
 *
 * <p>Advice runs on the threads that ask for connections and give them back. {@link
 * io.sonde.agent.instrumentation.ucp.UcpPoolReader} reads the pool's own counters later, on Sonde's
 * thread; nothing is ever borrowed.
 *
 * <p>Not seen: a pool before its first use.
 */
package io.sonde.agent.instrumentation.ucp;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Vibur DBCP 25 and 26.
 *
 * <pre>
 *  PoolOperations.&lt;init&gt;                        a pool exists
 *  PoolOperations.getProxyConnection(long)            how long a thread waited for a connection, and
 *                                                     whether it got one
 *  ConnectionInvocationHandler.processClose(), processAbort(…)   the connection is back
 * </pre>
 *
 * <p>Advice runs on the threads that ask for connections and give them back. {@link
 * io.sonde.agent.instrumentation.vibur.ViburPoolReader} reads the pool's own counters later, on
 * Sonde's thread; nothing is ever borrowed.
 *
 * <p>Not seen: connections outside of the pool ({@code getNonPooledConnection}).
 */
package io.sonde.agent.instrumentation.vibur;

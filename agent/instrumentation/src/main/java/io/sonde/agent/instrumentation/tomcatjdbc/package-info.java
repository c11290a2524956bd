// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Tomcat's JDBC pool, {@code org.apache.tomcat:tomcat-jdbc} 8.5 to 11.
 *
 * <pre>
 *  ConnectionPool.&lt;init&gt;                           a pool exists
 *  ConnectionPool.borrowConnection(int, String, String)  how long a thread waited for a connection,
 *                                                        and whether it got one
 *  ConnectionPool.returnConnection(PooledConnection)     the connection is back
 *  ConnectionPool.release(PooledConnection)              it is closed: broken, too old or abandoned
 * </pre>
 *
 * <p>Advice runs on the threads that ask for connections and give them back. {@link
 * io.sonde.agent.instrumentation.tomcatjdbc.TomcatJdbcPoolReader} reads the pool's own counters
 * later, on Sonde's thread; nothing is ever borrowed.
 *
 * <p>Not seen: a pool that cannot connect at its start; asynchronous requests ({@code
 * getConnectionAsync}).
 */
package io.sonde.agent.instrumentation.tomcatjdbc;

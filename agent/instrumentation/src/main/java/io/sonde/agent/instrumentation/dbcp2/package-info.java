// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Apache Commons DBCP 2 (2.0 to 2.14), and the copy of it in Tomcat ({@code
 * org.apache.tomcat.dbcp.dbcp2}).
 *
 * <pre>
 *  BasicDataSource.getConnection()            the pool exists; how long a thread waited, and whether
 *                                             it got a connection
 *  PoolingDataSource$PoolGuardConnectionWrapper.close()   the connection is back
 *  managed.ManagedConnection.close()                      the same inside a transaction manager
 * </pre>
 *
 * <p>Advice runs on the threads that ask for connections and give them back. {@link
 * io.sonde.agent.instrumentation.dbcp2.Dbcp2PoolReader} reads the pool's own counters later, on
 * Sonde's thread; nothing is ever borrowed.
 *
 * <p>Not seen: a {@code PoolingDataSource} that the application builds over a pool of its own; a
 * pool before its first use; the end of a connection that is removed as abandoned, unless it is
 * closed, too. A managed connection counts as returned once the application closes it, though the
 * pool has it back with the end of the transaction.
 */
package io.sonde.agent.instrumentation.dbcp2;

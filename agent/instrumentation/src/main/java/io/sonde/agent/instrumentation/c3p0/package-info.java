// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * c3p0 0.9.2 to 0.14.
 *
 * <pre>
 *  AbstractPoolBackedDataSource.getConnection(…)   the pool exists; how long a thread waited for a
 *                                                  connection, and whether it got one
 *  NewProxyConnection.close()                      the connection is back
 *  AbstractNewProxyConnection.close()              the same from 0.10 on
 * </pre>
 *
 * <p>Advice runs on the threads that ask for connections and give them back. {@link
 * io.sonde.agent.instrumentation.c3p0.C3p0PoolReader} reads the pool's own counters later, on
 * Sonde's thread; nothing is ever borrowed.
 *
 * <p>Not seen: a pool before its first use; the end of a connection that c3p0 takes back itself
 * ({@code unreturnedConnectionTimeout}).
 */
package io.sonde.agent.instrumentation.c3p0;

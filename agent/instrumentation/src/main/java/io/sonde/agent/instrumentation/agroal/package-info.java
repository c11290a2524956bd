// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Agroal 1.3 to 3.2, the pool of Quarkus and WildFly.
 *
 * <pre>
 *  ConnectionPool.&lt;init&gt;       a pool exists
 *  ConnectionPool.getConnection()    how long a thread waited for a connection, and whether it got one
 *  ConnectionWrapper.close()         the connection is back
 * </pre>
 *
 * <p>Advice runs on the threads that ask for connections and give them back. {@link
 * io.sonde.agent.instrumentation.agroal.AgroalPoolReader} reads the states of the pool's
 * connections later, on Sonde's thread; nothing is ever borrowed.
 *
 * <p>Inside a transaction a connection counts as returned once the application closes it, though
 * the pool has it back with the end of the transaction. Not seen: Agroal without pooling ({@code
 * Poolless}). Pools have no names: they are {@code agroal}, {@code agroal-2}, in the order of their
 * creation.
 */
package io.sonde.agent.instrumentation.agroal;

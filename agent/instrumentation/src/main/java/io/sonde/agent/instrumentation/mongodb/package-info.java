// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * MongoDB's Java driver 4.2 to 5, synchronous and reactive: the pool that each client has for each
 * server.
 *
 * <pre>
 *  DefaultConnectionPool.&lt;init&gt;                a pool exists
 *  DefaultConnectionPool.get                   how long a thread waited, and whether it got one
 *  DefaultConnectionPool.connectionCheckedOut  also the reactive driver got one (later 4.x)
 *  DefaultConnectionPool.checkOutFailed        also the reactive driver got none
 *  DefaultConnectionPool.invalidate(Throwable) the driver's monitor has lost the server (4.3)
 *  PooledConnection.close                      the connection is back
 *  DefaultConnectionPool.close                 the client was closed
 * </pre>
 *
 * <p>Advice runs on the threads that ask for connections and on the driver's monitors. No listener
 * is registered. Not seen: who holds a connection of the reactive driver before 4.3. {@link
 * io.sonde.agent.instrumentation.mongodb.MongoReader} reads the pool's own counters later, on
 * Sonde's thread; nothing is ever borrowed.
 */
package io.sonde.agent.instrumentation.mongodb;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Alibaba Druid 1.0.31 to 1.2.
 *
 * <pre>
 *  DruidDataSource.getConnection(long)   the pool exists; how long a thread waited for a connection,
 *                                        and whether it got one
 *  DruidPooledConnection.close()         the connection is back
 * </pre>
 *
 * <p>Advice runs on the threads that ask for connections and give them back. {@link
 * io.sonde.agent.instrumentation.druid.DruidPoolReader} reads the pool's own counters later, on
 * Sonde's thread; nothing is ever borrowed.
 *
 * <p>Not seen: a pool before its first use. A connection that Druid discards as broken counts as
 * held until the application closes it.
 */
package io.sonde.agent.instrumentation.druid;

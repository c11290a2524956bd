// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Jedis 3.10 to 8, its pools: {@code JedisPool}, {@code JedisSentinelPool}, and the {@code
 * ConnectionPool} inside {@code JedisPooled}, {@code RedisClient} and {@code JedisCluster} (one a
 * node).
 *
 * <pre>
 *  util.Pool.&lt;init&gt;            a pool exists
 *  util.Pool.getResource       how long a thread waited for a connection, and whether it got one
 *  util.Pool.return…Resource   the connection is back
 *  util.Pool.close, .destroy   the application has closed it
 * </pre>
 *
 * <p>Advice runs on the threads that ask for connections. {@link
 * io.sonde.agent.instrumentation.jedis.JedisReader} reads the pool's own counters later, on Sonde's
 * thread; nothing is ever borrowed.
 */
package io.sonde.agent.instrumentation.jedis;

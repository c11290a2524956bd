// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.pool;

/**
 * The facts of one kind of connection pool, from its own getters. Nothing blocks for longer than a
 * getter does, nothing is borrowed, nothing throws: a number that cannot be read is -1.
 *
 * <p>For Sonde's threads, but for {@link #name}, which is asked once, when the pool is first seen.
 */
public interface PoolReader {

  /** As configured; the kind where it is not, since made-up names differ from run to run. */
  String name(Object pool);

  /** Connections in use. */
  int active(Object pool);

  /** Connections at rest. */
  int idle(Object pool);

  /** The limit as it is now: some pools can be changed while they run. */
  int max(Object pool);

  /** Threads that wait for a connection. */
  int waiting(Object pool);

  /** Whether the application has closed it. */
  boolean closed(Object pool);
}

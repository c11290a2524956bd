// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.agroal;

import io.sonde.agent.instrumentation.pool.Getters;
import io.sonde.agent.instrumentation.pool.PoolReader;
import java.util.Arrays;
import java.util.List;

/** Reads an {@code io.agroal.pool.ConnectionPool}: its fields and getters, no lock. */
public final class AgroalPoolReader implements PoolReader {

  /** Agroal gives its pools no names. */
  @Override
  public String name(Object pool) {
    return AgroalInstrumentation.KIND;
  }

  @Override
  public int active(Object pool) {
    // A connection that is flushed while it is held stays so until it is back.
    return inState(pool, "CHECKED_OUT", "FLUSH");
  }

  @Override
  public int idle(Object pool) {
    return inState(pool, "CHECKED_IN");
  }

  @Override
  public int max(Object pool) {
    return Getters.number(Getters.call(pool, "getConfiguration"), "maxSize");
  }

  @Override
  public int waiting(Object pool) {
    return Getters.number(pool, "awaitingCount");
  }

  @Override
  public boolean closed(Object pool) {
    return Getters.isTrue(Getters.call(Getters.field(pool, "housekeepingExecutor"), "isShutdown"));
  }

  /**
   * The connections' own states: from 2.8 at the latest on the pool's counters stand still unless
   * the application has switched its metrics on. -1 when there are none to look at.
   */
  private static int inState(Object pool, String... states) {
    Object all = Getters.field(pool, "allConnections");
    if (!(all instanceof Iterable)) {
      return -1;
    }
    List<String> wanted = Arrays.asList(states);
    int count = 0;
    for (Object connection : (Iterable<?>) all) {
      if (wanted.contains(String.valueOf(Getters.field(connection, "state")))) {
        count++;
      }
    }
    return count;
  }
}

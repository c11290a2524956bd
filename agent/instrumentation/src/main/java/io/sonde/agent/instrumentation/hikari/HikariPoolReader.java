// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.hikari;

import java.lang.reflect.Field;

/**
 * Reads a {@code com.zaxxer.hikari.pool.HikariPool} through its public members, by name: Sonde's
 * loader cannot link it. Numbers are -1 when they cannot be read. Nothing blocks and nothing is
 * borrowed; the pool counts its own entries.
 *
 * <p>For Sonde's threads. No {@code Method} is kept: it would keep the application's class loader
 * alive, and five look-ups a pool and interval are nothing.
 */
public final class HikariPoolReader {

  private HikariPoolReader() {}

  /** As configured or made up by Hikari, e.g. {@code HikariPool-1}. */
  public static String name(Object pool) {
    try {
      return String.valueOf(call(config(pool), "getPoolName"));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return HikariInstrumentation.KIND;
    }
  }

  /** Connections in use. */
  public static int active(Object pool) {
    return number(pool, "getActiveConnections");
  }

  public static int idle(Object pool) {
    return number(pool, "getIdleConnections");
  }

  /** In use, idle, and about to be closed. */
  public static int total(Object pool) {
    return number(pool, "getTotalConnections");
  }

  /** Threads that wait for a connection. */
  public static int waiting(Object pool) {
    return number(pool, "getThreadsAwaitingConnection");
  }

  /** The limit as it is now: it may be changed while the pool runs. */
  public static int max(Object pool) {
    try {
      return number(config(pool), "getMaximumPoolSize");
    } catch (ReflectiveOperationException | RuntimeException e) {
      return -1;
    }
  }

  /** {@code public final HikariConfig config}, declared by PoolBase, which itself is not public. */
  private static Object config(Object pool) throws ReflectiveOperationException {
    Field config = pool.getClass().getField("config");
    config.setAccessible(true);
    return config.get(pool);
  }

  private static int number(Object target, String getter) {
    try {
      return (Integer) call(target, getter);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return -1;
    }
  }

  private static Object call(Object target, String getter) throws ReflectiveOperationException {
    return target.getClass().getMethod(getter).invoke(target);
  }
}

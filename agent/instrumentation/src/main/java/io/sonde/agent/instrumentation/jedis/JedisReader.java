// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jedis;

import static io.sonde.agent.instrumentation.pool.Getters.call;
import static io.sonde.agent.instrumentation.pool.Getters.field;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code redis.clients.jedis.util.Pool}: from Jedis 4 on it is a {@code GenericObjectPool}
 * of commons-pool2, before it has one. Nothing is borrowed. For Sonde's threads.
 */
public final class JedisReader {

  private JedisReader() {}

  /** {@code jedis-host:port}; null when the pool is not made yet. */
  public static @Nullable String name(Object pool) {
    Object objects = objects(pool);
    if (objects == null) {
      return null;
    }
    Object factory = call(objects, "getFactory");
    Object sockets = field(factory, "jedisSocketFactory");
    if (sockets == null) {
      sockets = call(field(factory, "connectionBuilder"), "getSocketFactory");
    }
    Object address = call(sockets, "getHostAndPort");
    if (address == null) {
      address = field(sockets, "hostAndPort");
    }
    return address == null ? JedisInstrumentation.KIND : JedisInstrumentation.KIND + '-' + address;
  }

  public static Map<String, Object> read(Object pool) {
    Map<String, Object> facts = new LinkedHashMap<>();
    Object objects = objects(pool);
    put(facts, "active", call(objects, "getNumActive"));
    put(facts, "idle", call(objects, "getNumIdle"));
    put(facts, "max", call(objects, "getMaxTotal"));
    put(facts, "waiting", call(objects, "getNumWaiters"));
    return facts;
  }

  private static @Nullable Object objects(Object pool) {
    Object inside = field(pool, "internalPool");
    if (inside != null) {
      return inside;
    }
    return call(pool, "getNumActive") == null || call(pool, "getFactory") == null ? null : pool;
  }

  /** No limit is -1 there. */
  private static void put(Map<String, Object> facts, String name, @Nullable Object value) {
    if (value instanceof Integer && (Integer) value >= 0) {
      facts.put(name, value);
    }
  }
}

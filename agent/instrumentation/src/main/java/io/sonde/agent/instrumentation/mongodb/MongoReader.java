// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.mongodb;

import static io.sonde.agent.instrumentation.pool.Getters.call;
import static io.sonde.agent.instrumentation.pool.Getters.field;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code com.mongodb.internal.connection.DefaultConnectionPool}: one per server and client.
 * Counters and volatile fields, no lock is taken and nothing is borrowed. For Sonde's threads.
 */
public final class MongoReader {

  private MongoReader() {}

  /** {@code mongodb-host:port}. */
  public static String name(Object pool) {
    Object address = call(field(pool, "serverId"), "getAddress");
    Object host = call(address, "getHost");
    Object port = call(address, "getPort");
    return host == null || port == null
        ? MongoInstrumentation.KIND
        : MongoInstrumentation.KIND + '-' + host + ':' + port;
  }

  /** {@code waiting} is not among them: the driver does not count who waits. */
  public static Map<String, Object> read(Object pool) {
    Map<String, Object> facts = new LinkedHashMap<>();
    // Since 4.3 a pool is paused from the moment its server is unreachable until it is back.
    Object paused = field(field(pool, "stateAndGeneration"), "paused");
    if (paused instanceof Boolean) {
      facts.put("state", (Boolean) paused ? "DISCONNECTED" : "CONNECTED");
    }
    Object connections = field(pool, "pool");
    put(facts, "active", call(connections, "getInUseCount"));
    put(facts, "idle", call(connections, "getAvailableCount"));
    put(facts, "max", call(field(pool, "settings"), "getMaxSize"));
    return facts;
  }

  /** No limit is 0 there, or the highest number there is. */
  private static void put(Map<String, Object> facts, String name, @Nullable Object value) {
    boolean unlimited =
        name.equals("max") && (Integer.valueOf(0).equals(value) || isHighest(value));
    if (value instanceof Integer && !unlimited) {
      facts.put(name, value);
    }
  }

  private static boolean isHighest(@Nullable Object value) {
    return Integer.valueOf(Integer.MAX_VALUE).equals(value);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.lettuce;

import static io.sonde.agent.instrumentation.pool.Getters.call;
import static io.sonde.agent.instrumentation.pool.Getters.field;
import static io.sonde.agent.instrumentation.pool.Getters.isTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code io.lettuce.core.protocol.DefaultEndpoint}, one connection. Volatile fields and
 * {@code Channel.isActive}: no command is sent. For Sonde's threads.
 */
public final class LettuceReader {

  private LettuceReader() {}

  /** {@code open} is 1 or 0; {@code pending} are commands that were written or wait to be. */
  public static Map<String, Object> read(Object endpoint) {
    Map<String, Object> facts = new LinkedHashMap<>();
    boolean open = isTrue(call(field(endpoint, "channel"), "isActive"));
    facts.put("state", open ? "CONNECTED" : disconnected(endpoint));
    facts.put("open", open ? 1 : 0);
    facts.put("total", 1);
    Object pending = field(endpoint, "queueSize");
    if (pending instanceof Integer) {
      facts.put("pending", pending);
    }
    return facts;
  }

  private static String disconnected(Object endpoint) {
    Object watchdog = field(endpoint, "connectionWatchdog");
    return watchdog != null && !suspended(watchdog) ? "RECONNECTING" : "DISCONNECTED";
  }

  private static boolean suspended(@Nullable Object watchdog) {
    return isTrue(call(watchdog, "isReconnectSuspended"));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.undertow;

import io.sonde.agent.instrumentation.ServerNumbers;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Collections;

/** Reads an {@code io.undertow.Undertow}. For Sonde's threads. */
public final class UndertowServerReader {

  private UndertowServerReader() {}

  /** With the port of its first listener, e.g. {@code undertow:8080}. */
  public static String name(Object undertow) {
    int port = port(undertow);
    return port == 0 ? UndertowInstrumentation.KIND : UndertowInstrumentation.KIND + ':' + port;
  }

  /** Of its first listener. */
  public static int port(Object undertow) {
    for (Object listener : listeners(undertow)) {
      Object address = ServerNumbers.value(listener, "getAddress");
      if (address instanceof InetSocketAddress) {
        return ((InetSocketAddress) address).getPort();
      }
    }
    return 0;
  }

  /** Of all listeners; -1 unless the server was built with {@code ENABLE_STATISTICS}. */
  public static int openSockets(Object undertow) {
    int sum = -1;
    for (Object listener : listeners(undertow)) {
      Object statistics = ServerNumbers.value(listener, "getConnectorStatistics");
      int open = ServerNumbers.number(statistics, "getActiveConnections");
      sum = open < 0 ? sum : Math.max(sum, 0) + open;
    }
    return sum;
  }

  /** Its connections are not limited unless XNIO is told to, and that has no getter. */
  public static int maxSockets() {
    return -1;
  }

  private static Collection<?> listeners(Object undertow) {
    Object listeners = ServerNumbers.value(undertow, "getListenerInfo");
    return listeners instanceof Collection ? (Collection<?>) listeners : Collections.emptyList();
  }
}

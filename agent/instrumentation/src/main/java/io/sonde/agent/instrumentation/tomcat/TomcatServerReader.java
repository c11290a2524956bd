// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.tomcat;

import io.sonde.agent.instrumentation.ServerNumbers;

/** Reads an {@code org.apache.tomcat.util.net.AbstractEndpoint}. For Sonde's threads. */
public final class TomcatServerReader {

  private TomcatServerReader() {}

  /** E.g. {@code http-nio-8080}. */
  public static String name(Object endpoint) {
    Object name = ServerNumbers.value(endpoint, "getName");
    return name == null ? TomcatInstrumentation.KIND : name.toString();
  }

  public static int port(Object endpoint) {
    return ServerNumbers.number(endpoint, "getLocalPort");
  }

  /**
   * Counted by the latch that limits them, less one: the acceptor takes its place before it waits
   * for the next connection. When the limit is reached, it waits for the place instead, and this
   * reads one too few.
   */
  public static int openSockets(Object endpoint) {
    int count = ServerNumbers.number(endpoint, "getConnectionCount");
    return count <= 0 ? count : count - 1;
  }

  public static int maxSockets(Object endpoint) {
    return ServerNumbers.limit(ServerNumbers.number(endpoint, "getMaxConnections"));
  }
}

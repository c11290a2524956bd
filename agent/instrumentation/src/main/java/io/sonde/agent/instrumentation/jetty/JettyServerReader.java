// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jetty;

import io.sonde.agent.instrumentation.ServerNumbers;

/** Reads an {@code org.eclipse.jetty.server.ServerConnector}. For Sonde's threads. */
public final class JettyServerReader {

  private JettyServerReader() {}

  /** E.g. {@code jetty:8080}. */
  public static String name(Object connector) {
    return JettyInstrumentation.KIND + ':' + port(connector);
  }

  public static int port(Object connector) {
    return ServerNumbers.number(connector, "getLocalPort");
  }

  /** The size of a concurrent set. */
  public static int openSockets(Object connector) {
    return ServerNumbers.number(connector, "getConnectedEndPoints");
  }

  /** A connector has no limit of its own; that of a {@code ConnectionLimit} is not looked for. */
  public static int maxSockets() {
    return -1;
  }
}

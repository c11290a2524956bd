// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.helidon;

import io.sonde.agent.instrumentation.ServerNumbers;

/** Reads a {@code WebServer}. For Sonde's threads. */
public final class HelidonServerReader {

  private HelidonServerReader() {}

  /** E.g. {@code helidon:8080}. */
  public static String name(Object server) {
    return HelidonInstrumentation.KIND + ':' + port(server);
  }

  /** Of its default socket. */
  public static int port(Object server) {
    return Math.max(0, ServerNumbers.number(server, "port"));
  }
}

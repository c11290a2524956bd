// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.grizzly;

import io.sonde.agent.instrumentation.ServerNumbers;

/** Reads a {@code NetworkListener}. For Sonde's threads. */
public final class GrizzlyServerReader {

  private GrizzlyServerReader() {}

  /** E.g. {@code grizzly:8080}. */
  public static String name(Object listener) {
    return GrizzlyInstrumentation.KIND + ':' + port(listener);
  }

  public static int port(Object listener) {
    return Math.max(0, ServerNumbers.number(listener, "getPort"));
  }
}

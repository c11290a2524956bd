// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health.server;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What became of {@link HealthServer#bind}. Immutable. */
public final class Binding {

  private final int port;
  private final @Nullable String problem;

  private Binding(int port, @Nullable String problem) {
    this.port = port;
    this.problem = problem;
  }

  static Binding to(int port, @Nullable String problem) {
    return new Binding(port, problem);
  }

  static Binding none(String problem) {
    return new Binding(-1, problem);
  }

  /** Where it listens; empty when it does not. */
  public OptionalInt port() {
    return port < 0 ? OptionalInt.empty() : OptionalInt.of(port);
  }

  /**
   * One line when it is not what was asked for, else null, e.g. {@code port 7633: Address already
   * in use; using 7634}.
   */
  public @Nullable String problem() {
    return problem;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import java.nio.file.Path;

/** The agent as it is shipped. */
public final class AgentJar {

  private static final String BUILT = "agent/dist/target/sonde-agent.jar";

  private AgentJar() {}

  /** The system property {@code sonde.agent.jar}, else the jar that this build left. */
  public static Path path() {
    String named = System.getProperty("sonde.agent.jar");
    if (named != null) {
      return Path.of(named).toAbsolutePath();
    }
    return Places.upward(BUILT)
        .orElseThrow(() -> new AssertionError("no " + BUILT + ": build agent/dist first"));
  }
}

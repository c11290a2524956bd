// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import java.nio.file.Path;

/**
 * A real node of OpenSearch 3 with all modules of its distribution, scripts and ingest among them,
 * as {@code agent/testkit/opensearch} gets them from Maven Central; on JDK 21. What {@link
 * Elasticsearch} there lacks is tried with it.
 */
public final class OpenSearch extends SearchNode {

  private static final String BUILT = "agent/testkit/opensearch/target";

  private final Path built;

  private OpenSearch(Path built) {
    super("opensearch");
    this.built = built;
  }

  /** Starts one and returns when it answers (5 to 10 s). */
  public static OpenSearch start() {
    OpenSearch started = new OpenSearch(Places.built(BUILT));
    started.startAndWait();
    return started;
  }

  @Override
  ProcessBuilder command(Path data, int httpPort, int transportPort) {
    return new ProcessBuilder(
        Jdk.of(21).bin("java").toString(),
        "-Xms256m",
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        built.resolve("lib") + "/*",
        // Compiled as it starts: its classes are of Java 21, which the build's compiler is not.
        built.resolve("classes/Node.java").toString(),
        data.toString(),
        Integer.toString(httpPort),
        Integer.toString(transportPort));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A real node of Elasticsearch 8, as {@code agent/testkit/elasticsearch} puts it together from
 * Maven Central: data streams, mappings and searches are there; security, scripts, ingest and
 * x-pack, and with them the templates of a distribution, are not.
 */
public final class Elasticsearch extends SearchNode {

  private static final String BUILT = "agent/testkit/elasticsearch/target";

  private final Path built;

  private Elasticsearch(Path built) {
    super("elasticsearch");
    this.built = built;
  }

  /** Starts one and returns when it answers (4 to 10 s). */
  public static Elasticsearch start() {
    Elasticsearch started = new Elasticsearch(Places.built(BUILT));
    started.startAndWait();
    return started;
  }

  @Override
  ProcessBuilder command(Path data, int httpPort, int transportPort) {
    Path home = built.resolve("home");
    try {
      Files.createDirectories(home.resolve("config"));
      Files.createDirectories(home.resolve("plugins"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ProcessBuilder(
        Jdk.of(17).bin("java").toString(),
        "-Xms192m",
        "-Xmx192m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        built.resolve("classes") + ":" + built.resolve("lib") + "/*",
        "io.sonde.testkit.elasticsearch.Node",
        home.toString(),
        data.toString(),
        Integer.toString(httpPort),
        Integer.toString(transportPort));
  }
}

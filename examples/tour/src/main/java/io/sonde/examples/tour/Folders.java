// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things are in a clone that was built.
 *
 * @param root of the clone
 */
record Folders(Path root) {

  Path agent() {
    return built("agent/dist/target/sonde-agent.jar");
  }

  Path shop(String service) {
    return built("examples/shop/" + service + "/target/" + service + ".jar");
  }

  Path zipkin() {
    return built("examples/tour/target/zipkin/zipkin-server.jar");
  }

  /** A folder for the logs and temporary files of this run. */
  Path run() {
    Path folder = root.resolve("examples/tour/target/demo");
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path built(String name) {
    Path file = root.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new DemoFailure(name + " is missing: start me as examples/demo, which builds it");
    }
    return file;
  }
}

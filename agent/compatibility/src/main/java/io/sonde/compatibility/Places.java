// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Files of this module, found from wherever it runs within the source tree. */
final class Places {

  private Places() {}

  /** In this folder or the nearest one above that has it: tests run in the module. */
  static Path module() {
    return Stream.iterate(Path.of("").toAbsolutePath(), up -> up != null, Path::getParent)
        .map(folder -> folder.resolve("agent/compatibility"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("run it within Sonde's source tree"));
  }

  static Path target() {
    return module().resolve("target");
  }

  static Path libraries() {
    return module().resolve("libraries.txt");
  }

  static Path verdicts() {
    return module().resolve("verdicts.tsv");
  }

  static Path page() {
    return module().resolveSibling("COMPATIBILITY.md");
  }
}

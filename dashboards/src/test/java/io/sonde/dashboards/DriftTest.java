// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is committed is what {@link Generate} writes. With {@code -Dsonde.dashboards.write=true} it
 * is written first.
 */
class DriftTest {

  /** Folders in which nothing is written by hand. */
  private static final Set<String> GENERATED =
      Set.of("grafana/graphite", "grafana/prometheus", "grafana/influxdb", "grafana/alerts");

  @BeforeAll
  static void write() throws IOException {
    if (Boolean.getBoolean("sonde.dashboards.write")) {
      Generate.main(new String[] {"."});
    }
  }

  @Test
  void committedFilesAreTheGeneratedOnes() {
    Generate.files()
        .forEach(
            (path, content) ->
                assertThat(Path.of(path))
                    .as("write it with -Dsonde.dashboards.write=true")
                    .exists()
                    .hasContent(content));
  }

  @Test
  void nothingElseIsInTheGeneratedFolders() throws IOException {
    Set<String> found = new TreeSet<>();
    for (String folder : GENERATED) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        files.forEach(file -> found.add(file.toString()));
      }
    }

    assertThat(Generate.files().keySet()).containsAll(found);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table is the exporter's own, which a test there holds to what is sent. */
class MetricsTest {

  @Test
  void isTheTableOfTheExporter() throws IOException {
    List<String> documented;
    try (Stream<String> lines = Files.lines(Path.of("../agent/exporter-statsd/README.md"))) {
      documented =
          lines
              .dropWhile(line -> !line.equals("<!-- series -->"))
              .takeWhile(line -> !line.equals("<!-- /series -->"))
              .filter(line -> line.startsWith("| `"))
              .map(MetricsTest::withoutTags)
              .toList();
    }

    List<String> ours =
        Metrics.all().subList(0, Metrics.OWN).stream()
            .map(
                metric ->
                    "`%s` %s `%s` %s"
                        .formatted(
                            metric.name(), metric.kind().type(), metric.etsy(), metric.meaning()))
            .toList();
    assertThat(ours).containsExactlyInAnyOrderElementsOf(documented);
  }

  private static String withoutTags(String row) {
    String[] cells = row.split(" *\\| *");
    return String.join(" ", cells[1], cells[2], cells[3], cells[5]);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.ServiceIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The README's table is the one in {@link MetricNames}, with an example line per flavour. */
class ReadmeTest {

  private static final Map<String, String> EXAMPLES = new LinkedHashMap<>();

  static {
    EXAMPLES.put("route", "/users/{id}");
    EXAMPLES.put("peer", "db.example.com:5432");
    EXAMPLES.put("method", "GET");
    EXAMPLES.put("class", "2xx");
    EXAMPLES.put("status", "200");
    EXAMPLES.put("outcome", "SUCCESS");
    EXAMPLES.put("exception", "none");
    EXAMPLES.put("pool", "HikariPool-1");
    EXAMPLES.put("type", "java.net.ConnectException");
    EXAMPLES.put("fingerprint", "0badcafe");
    EXAMPLES.put("level", "error");
    EXAMPLES.put("check", "threads:deadlock");
    EXAMPLES.put("from", "pass");
    EXAMPLES.put("to", "fail");
    EXAMPLES.put("version", "1.4.2");
    EXAMPLES.put("destination", "zipkin");
    EXAMPLES.put("signal", "spans");
    EXAMPLES.put("reason", "queue full");
  }

  @Test
  void listsEverySeriesWithItsMeaning() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    assertThat(between(readme, "<!-- series -->\n", "<!-- /series -->")).isEqualTo(table());
  }

  @Test
  void showsAnExampleLinePerFlavour() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    assertThat(between(readme, "<!-- lines -->\n", "<!-- /lines -->")).isEqualTo(examples());
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder(
            "| logical name | type | etsy, after `<prefix>.<service>.<instance>.` | tags | meaning |\n|---|---|---|---|---|\n");
    for (MetricNames metric : MetricNames.values()) {
      table.append(
          "| `%s` | %s | `%s` | %s | %s |%n"
              .formatted(
                  metric.logical(),
                  metric.type(),
                  metric.etsy(),
                  String.join(", ", metric.tagKeys()),
                  metric.meaning()));
    }
    return table.toString();
  }

  private static String examples() {
    StringBuilder lines = new StringBuilder("```\n");
    for (MetricNames metric : MetricNames.values()) {
      for (Flavor flavor : Flavor.values()) {
        lines.append(naming(flavor).name(metric, EXAMPLES).line("3", metric.type())).append('\n');
      }
    }
    return lines.append("```\n").toString();
  }

  private static Naming naming(Flavor flavor) {
    ServiceIdentity shop = new ServiceIdentity("shop", null, null, "web-1", "web-1");
    return new Naming(StatsdConfig.builder(shop, "127.0.0.1").flavor(flavor).build());
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start);
    assertThat(from).as(start).isNotNegative();
    return text.substring(from + start.length(), text.indexOf(end, from));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusIT {

  @TempDir Path folder;

  @Test
  void scrapesAndAnswers() throws Exception {
    HttpServer target = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    target.createContext(
        "/metrics",
        exchange -> {
          byte[] body = "apples 7\n".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    target.start();
    Path configuration =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 1s}
            scrape_configs: [{job_name: fruit, static_configs: [{targets: ["127.0.0.1:%d"]}]}]
            """
                .formatted(target.getAddress().getPort()));

    try (Prometheus prometheus = Prometheus.start(configuration)) {
      Eventually.that(
          Duration.ofSeconds(20), () -> !prometheus.query("apples{job='fruit'}").isEmpty());
      assertThat(prometheus.query("apples").path(0).path("value").path(1).asText()).isEqualTo("7");
      Eventually.that(
          Duration.ofSeconds(20),
          () ->
              !prometheus
                  .queryRange("apples", Duration.ofSeconds(5), Duration.ofSeconds(1))
                  .isEmpty());
      assertThatThrownBy(() -> prometheus.query("apples{")).isInstanceOf(AssertionError.class);
    } finally {
      target.stop(0);
    }
  }

  @Test
  void promtoolRefusesWhatIsNoRule() throws Exception {
    Path rules = Files.writeString(folder.resolve("rules.yml"), "groups: [{name: a, rule: []}]\n");

    assertThatThrownBy(() -> Prometheus.promtool("check", "rules", rules.toString()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("field rule not found");
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.health.Health;
import io.sonde.health.Service;
import io.sonde.health.server.HealthServer;
import io.sonde.testkit.Consul;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.Http;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What lies in {@code dashboards/consul} and {@code dashboards/kubernetes}, as it is. */
class ShippedFilesIT {

  private static final Path SHIPPED = Path.of("../../dashboards");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"orders.hcl", "orders.json"})
  void aConsulLoadsTheDefinition(String name) throws Exception {
    Files.writeString(folder.resolve("agent.hcl"), "data_dir = \"/nowhere\"");
    Path file = Files.copy(SHIPPED.resolve("consul").resolve(name), folder.resolve(name));

    assertThat(Consul.validate(folder)).contains("Configuration is valid!");
    Files.delete(folder.resolve("agent.hcl"));
    // The first poll comes within an interval.
    Files.writeString(file, Files.readString(file).replaceFirst("10s", "1s"));
    try (Consul consul = Consul.startWith(file)) {
      JsonNode service = consul.service("orders-host1");
      assertThat(service.path("Weights").toString()).isEqualTo("{\"Passing\":10,\"Warning\":1}");
      Eventually.that(
          Duration.ofSeconds(20),
          () -> !consul.checks("orders").path(0).path("Output").asText().isEmpty());
      assertThat(consul.checks("orders").path(0).path("Output").asText())
          .contains("http://127.0.0.1:7633/health?view=brief&service=orders");
    }
  }

  @Test
  void everyProbeOfKubernetesHasItsAnswer() throws Exception {
    Map<?, ?> container = container();
    Health health = new Health();
    health.service(Service.named("orders"));
    try (HealthServer server = new HealthServer(health, Thread::new)) {
      int port = server.bind("127.0.0.1", 0, false).port().orElseThrow();
      health.start(Thread::new);

      assertThat(answers(container, port)).containsExactly(503, 503, 200);
      health.started();
      assertThat(answers(container, port)).containsExactly(200, 200, 200);
      health.stopping();
      assertThat(answers(container, port)).containsExactly(200, 503, 200);
    } finally {
      health.close();
    }
  }

  private static List<Integer> answers(Map<?, ?> container, int port) {
    return List.of("startupProbe", "readinessProbe", "livenessProbe").stream()
        .map(probe -> at(at(container, probe), "httpGet").get("path"))
        .map(path -> Http.get("http://127.0.0.1:" + port + path).status())
        .toList();
  }

  private static Map<?, ?> container() throws Exception {
    try (InputStream in = Files.newInputStream(SHIPPED.resolve("kubernetes/orders.yaml"))) {
      Map<?, ?> deployment = new Yaml().load(in);
      Map<?, ?> pod = at(at(at(deployment, "spec"), "template"), "spec");
      return (Map<?, ?>) ((List<?>) pod.get("containers")).get(0);
    }
  }

  private static Map<?, ?> at(Map<?, ?> map, String key) {
    return (Map<?, ?>) map.get(key);
  }
}

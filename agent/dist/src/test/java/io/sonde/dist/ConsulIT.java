// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.Consul;
import io.sonde.testkit.Jdk;
import org.junit.jupiter.api.Test;

/** What a real Consul agent makes of {@code /health}. */
class ConsulIT {

  @Test
  void seesTheServicePassWhileItLives() {
    try (Consul consul = Consul.start();
        ObservedService shop = ObservedService.start(Apps.plain(Jdk.of(17)))) {
      consul.register("shop", shop.healthUrl() + "?view=brief&service=shop");
      consul.register("other", shop.healthUrl() + "?view=brief&service=other");

      JsonNode check = consul.awaitStatus("shop", "passing", ObservedService.LIMIT);
      assertThat(check.path("Output").asText()).contains("200 OK").contains("\"status\":\"pass\"");
      // The port of a service that has gone may belong to another one.
      consul.awaitStatus("other", "critical", ObservedService.LIMIT);

      shop.process().kill();
      consul.awaitStatus("shop", "critical", ObservedService.LIMIT);
    }
  }
}

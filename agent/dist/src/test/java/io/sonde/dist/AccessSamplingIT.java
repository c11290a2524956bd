// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which requests make an access event, changed while the service runs. */
class AccessSamplingIT {

  @TempDir Path folder;

  @Test
  void keepsFailuresOfARouteThatIsLeftOutUntilTheFileSaysOtherwise() throws IOException {
    Path config = folder.resolve("sonde.properties");
    Files.writeString(config, "logs.access.routes=/hello=0\n");
    try (ObservedService shop =
        ObservedService.start(Apps.tomcat(Jdk.of(17), folder), "config=" + config)) {
      shop.get("/hello?name=Ada");
      shop.get("/hello?name=Bob", "User-Agent", "kube-probe/1.29");
      shop.get("/boom");
      shop.awaitAccess("/boom");

      assertThat(access(shop).path("sampledOut").asLong()).as("and no probe").isEqualTo(1);
      assertThat(access(shop).path("dropped")).isEmpty();
      assertThat(shop.check("agent:delivery").path("lost").asLong()).isZero();

      Files.writeString(config, "logs.access.routes=\nlogs.access.slow=1ms\n");
      assertThat(shop.process().awaitStderr("logs.access.routes", LIMIT))
          .endsWith("logs.access.routes: /hello=0, now none");

      Eventually.that(
          LIMIT,
          () -> {
            shop.get("/hello?name=Cy");
            return shop.logs().events().stream().anyMatch(AccessSamplingIT::isHello);
          });
    }
  }

  private static boolean isHello(JsonNode event) {
    return event.path("url.path").asText().equals("/hello");
  }

  private static JsonNode access(ObservedService shop) {
    for (JsonNode account : shop.status().path("ledger")) {
      if (account.path("signal").asText().equals("access")) {
        return account;
      }
    }
    throw new AssertionError("no account of access events");
  }
}

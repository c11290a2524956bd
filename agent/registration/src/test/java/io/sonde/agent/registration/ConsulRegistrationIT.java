// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.registration;

import static io.sonde.agent.registration.RegisteredService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.health.Status;
import io.sonde.testkit.Consul;
import io.sonde.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a real Consul agent (1.8.7 is what Debian has). */
@Timeout(60)
class ConsulRegistrationIT {

  private static final String ID = "shop-one";

  @TempDir private Path folder;

  @Test
  void registersEveryFieldOnceTheServiceAccepts() throws Exception {
    try (Consul consul = Consul.startOn(folder);
        RegisteredService shop =
            new RegisteredService()
                .consul(
                    consul.address(),
                    config ->
                        config
                            .service("10.0.0.7", () -> 8080)
                            .tags(List.of("blue", "v2"))
                            .meta(Map.of("team", "checkout"))
                            .checkHeaders(Map.of("X-Probe", "consul"))
                            .thresholds(1, 3, 2))) {
      Thread.sleep(600);
      assertThat(consul.service(ID).isMissingNode()).isTrue();
      assertThat(shop.state()).isEqualTo("starting");

      shop.accepting();
      Eventually.that(LIMIT, () -> !consul.service(ID).isMissingNode());

      JsonNode service = consul.service(ID);
      assertThat(service.path("Service").asText()).isEqualTo("shop");
      assertThat(service.path("Address").asText()).isEqualTo("10.0.0.7");
      assertThat(service.path("Port").asInt()).isEqualTo(8080);
      assertThat(service.path("Tags").toString()).isEqualTo("[\"blue\",\"v2\"]");
      assertThat(service.path("Weights").toString()).isEqualTo("{\"Passing\":10,\"Warning\":1}");
      assertThat(service.path("Meta").toString())
          .contains("\"version\":\"2.4.1\"", "\"environment\":\"test\"")
          .contains("\"sonde\":\"0.1.0\"", "\"team\":\"checkout\"");
      Eventually.passes(
          LIMIT,
          () ->
              assertThat(consul.awaitStatus("shop", "passing", LIMIT).path("Output").asText())
                  .contains(
                      "HTTP GET http://127.0.0.1:"
                          + shop.port()
                          + "/health?view=brief&service=shop: 200 OK"));
      JsonNode check = consul.checks("shop").path(0);
      assertThat(check.path("CheckID").asText()).isEqualTo("shop-one-health");
      JsonNode definition = Consul.definition(folder);
      assertThat(definition.path("Interval").asLong()).isEqualTo(1_000_000_000L);
      assertThat(definition.path("Timeout").asLong()).isEqualTo(900_000_000L);
      assertThat(definition.path("SuccessBeforePassing").asInt()).isEqualTo(1);
      assertThat(definition.path("FailuresBeforeCritical").asInt()).isEqualTo(2);
      assertThat(definition.path("DeregisterCriticalServiceAfter").asLong())
          .isEqualTo(1_800_000_000_000L);
      assertThat(definition.path("Method").asText()).isEqualTo("GET");
      assertThat(definition.path("Header").toString()).isEqualTo("{\"X-Probe\":[\"consul\"]}");
      // 1.8.7 refuses the whole registration for a field of 1.11.
      assertThat(shop.logLines("failures-before-warning")).hasSize(1);

      shop.status(Status.WARN);
      assertThat(consul.awaitStatus("shop", "warning", LIMIT).path("Output").asText())
          .contains("429");
      shop.status(Status.FAIL);
      consul.awaitStatus("shop", "critical", LIMIT);
      shop.status(Status.PASS);
      consul.awaitStatus("shop", "passing", LIMIT);

      long began = System.nanoTime();
      shop.shutDown();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
      assertThat(consul.service(ID).isMissingNode()).isTrue();
      assertThat(shop.state()).isEqualTo("deregistered");
    }
  }

  @Test
  void registersAgainWhatConsulHasForgotten() {
    try (Consul consul = Consul.start();
        RegisteredService shop =
            new RegisteredService().consul(consul.address(), config -> config).accepting()) {
      consul.awaitStatus("shop", "passing", LIMIT);

      consul.restart();

      consul.awaitStatus("shop", "passing", LIMIT);

      consul.api("PUT", "/v1/agent/service/deregister/" + ID, "");
      consul.awaitStatus("shop", "passing", LIMIT);
      assertThat(shop.log()).contains("had forgotten " + ID + "; registered again");
    }
  }

  @Test
  void tellsOnceThatConsulIsAwayAndComesBackWithIt() throws Exception {
    try (Consul consul = Consul.start()) {
      consul.stop();
      try (RegisteredService shop =
          new RegisteredService().consul(consul.address(), config -> config).accepting()) {
        Eventually.that(LIMIT, () -> shop.state().equals("not registered"));
        Thread.sleep(3_000);
        assertThat(shop.logLines("not registered: connection refused")).hasSize(1);
        assertThat(shop.registration().describe().get("lastError")).isEqualTo("connection refused");

        consul.restart();

        consul.awaitStatus("shop", "passing", LIMIT);
        Eventually.that(LIMIT, () -> shop.state().equals("registered"));
        assertThat(shop.logLines("works again, registered shop-one")).hasSize(1);

        consul.stop();
        shop.shutDown();
        assertThat(shop.state()).isEqualTo("not deregistered");
      }
    }
  }

  @Test
  void readsTheTokenAgainAndNeverTellsIt() throws Exception {
    Path file = folder.resolve("token");
    try (Consul consul = Consul.startWithAcl("11111111-2222-3333-4444-555555555555")) {
      String foreign = consul.tokenFor("other");
      Files.writeString(file, foreign + "\n");
      try (RegisteredService shop =
          new RegisteredService()
              .consul(consul.address(), config -> config.token(null, file.toString()))
              .accepting()) {
        Eventually.that(LIMIT, () -> shop.state().equals("not registered"));
        assertThat(shop.logLines("HTTP 403")).hasSize(1);
        assertThat(shop.log()).contains("the token needs service:write for \"shop\"");

        String first = consul.tokenFor("shop");
        Files.writeString(file, first);
        consul.awaitStatus("shop", "passing", LIMIT);

        String second = consul.tokenFor("shop");
        Files.writeString(file, "  " + second + "\n");
        Eventually.passes(
            LIMIT, () -> assertThat(shop.log()).contains("the token changed; registered again"));
        assertThat(shop.log() + shop.registration().describe())
            .doesNotContain(foreign, first, second);
      }
      assertThat(consul.service(ID).isMissingNode()).isTrue();
    }
  }

  @Test
  void tellsConsulWhereItCannotPoll() {
    try (Consul consul = Consul.start()) {
      try (RegisteredService shop =
          new RegisteredService()
              .consul(consul.address(), config -> config.check(ConsulConfig.Check.TTL))
              .accepting()) {
        assertThat(consul.awaitStatus("shop", "passing", LIMIT).path("Type").asText())
            .isEqualTo("ttl");

        long began = System.nanoTime();
        shop.status(Status.WARN);
        Eventually.that(
            LIMIT,
            () ->
                consul
                    .checks("shop")
                    .path(0)
                    .path("Output")
                    .asText()
                    .contains("\"status\":\"warn\""));
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)).isLessThan(5);
        consul.awaitStatus("shop", "warning", LIMIT);
      }
    }
  }

  @Test
  void leavesAMaintenanceThatSomebodyHasSet() {
    try (Consul consul = Consul.start()) {
      try (RegisteredService shop =
          new RegisteredService().consul(consul.address(), config -> config).accepting()) {
        Eventually.that(LIMIT, () -> shop.state().equals("registered"));
        consul.api("PUT", "/v1/agent/service/maintenance/" + ID + "?enable=true&reason=me", "");
        try (RegisteredService again =
            new RegisteredService().consul(consul.address(), config -> config).accepting()) {
          Eventually.that(LIMIT, () -> again.state().equals("registered"));

          assertThat(consul.checks("shop").toString()).contains("_service_maintenance:" + ID);
        }
      }
      try (RegisteredService shop =
          new RegisteredService()
              .consul(consul.address(), config -> config.maintenance(true))
              .accepting()) {
        Eventually.that(LIMIT, () -> shop.state().equals("registered"));

        assertThat(consul.checks("shop").toString()).contains("consul.maintenance");
      }
    }
  }

  @Test
  void trustsOnlyTheAuthoritiesOfTheFile() {
    try (Consul consul = Consul.startWithTls(folder);
        RegisteredService stranger =
            new RegisteredService().consul(consul.tlsAddress(), config -> config).accepting()) {
      Eventually.that(LIMIT, () -> stranger.state().equals("not registered"));
      assertThat(stranger.log()).contains("not registered: TLS: ");

      try (RegisteredService shop =
          new RegisteredService()
              .consul(
                  consul.tlsAddress(), config -> config.caFile(Consul.caFile(folder).toString()))
              .accepting()) {
        Eventually.that(LIMIT, () -> shop.state().equals("registered"));

        assertThat(consul.service(ID).isMissingNode()).isFalse();
      }
    }
  }
}

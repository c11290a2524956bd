// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.Consul;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.Jdk;
import io.sonde.testkit.Postgres;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a real Consul agent makes of services that register themselves. */
@Execution(ExecutionMode.CONCURRENT)
class ConsulIT {

  private static final String REGISTER = "consul.register=true";
  private static final String OFTEN = "consul.interval=1s";

  /** A minute: three bad ticks, eight good ones, and at least 20 s in between. */
  private static final Duration EPISODE = Duration.ofSeconds(60);

  @Test
  void livesByAServiceWhoseDatabaseIsExhaustedStoppedAndRestarted() throws Exception {
    try (Consul consul = Consul.start();
        Postgres postgres = Postgres.start();
        ObservedService shop =
            ObservedService.start(
                Apps.pool(Jdk.of(17), postgres.jdbcUrl()),
                REGISTER,
                OFTEN,
                "consul.address=" + consul.address(),
                "health.pool.required=orders-db",
                "health.pool.dead-after=10s");
        Load load = new Load(shop)) {
      awaitStatus(consul, "shop-one", "passing", LIMIT);
      assertThat(shop.url()).endsWith(":" + consul.service("shop-one").path("Port").asInt());
      assertThat(shop.status().path("registrations").path(0).path("state").asText())
          .isEqualTo("registered");

      // Each waits for a connection, and gets it: no request fails, and only the pool warns.
      load.send("/query?0.15");
      awaitStatus(consul, "shop-one", "warning", EPISODE);

      postgres.stop();
      Thread.sleep(4_000);
      // Not yet: the same database fails on every instance, and may be back in a moment.
      assertThat(status(consul, "shop-one")).isEqualTo("warning");
      awaitStatus(consul, "shop-one", "critical", LIMIT);
      postgres.restart();

      load.send("/query?0");
      awaitStatus(consul, "shop-one", "passing", EPISODE);
      assertThat(shop.process().stop()).isEqualTo(143);
      assertThat(consul.service("shop-one").isMissingNode()).isTrue();
    }
  }

  @Test
  void knowsTwoOfOneHostApartAndWhichOfThemWasKilled() {
    try (Consul consul = Consul.start();
        ObservedService one =
            ObservedService.start(
                Apps.plain(Jdk.of(8), "1500").env("CONSUL_HTTP_ADDR", consul.url()),
                REGISTER,
                OFTEN);
        ObservedService two =
            ObservedService.start(
                Apps.plain(Jdk.of(17)).env("CONSUL_HTTP_ADDR", consul.url()),
                REGISTER,
                OFTEN,
                "service.instance=two",
                "consul.check=ttl")) {
      awaitStatus(consul, "shop-one", "passing", LIMIT);
      awaitStatus(consul, "shop-two", "passing", LIMIT);
      // The port of a service that has gone may belong to another one.
      consul.register("other", one.healthUrl() + "?view=brief&service=other");
      consul.awaitStatus("other", "critical", LIMIT);

      ProcessHandle.of(one.process().pid()).orElseThrow().destroy();
      one.process().awaitStdout("draining", LIMIT);
      Eventually.that(Duration.ofSeconds(1), () -> consul.service("shop-one").isMissingNode());
      assertThat(one.process().isAlive()).as("still drains").isTrue();
      assertThat(one.process().exitCode(LIMIT)).isEqualTo(143);

      two.process().kill();
      awaitStatus(consul, "shop-two", "critical", LIMIT);
      assertThat(consul.service("shop-two").isMissingNode()).isFalse();
    }
  }

  private static void awaitStatus(Consul consul, String id, String status, Duration limit) {
    Eventually.passes(limit, () -> assertThat(status(consul, id)).isEqualTo(status));
  }

  private static String status(Consul consul, String id) {
    for (JsonNode check : consul.checks("shop")) {
      if (check.path("ServiceID").asText().equals(id)) {
        return check.path("Status").asText();
      }
    }
    return "none";
  }

  /** Three times as many callers as connections: while two of them rest, two still wait. */
  private static final class Load implements AutoCloseable {

    private static final int CALLERS = 6;

    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final AtomicReference<String> path = new AtomicReference<>("/query?0");

    Load(ObservedService shop) {
      for (int i = 0; i < CALLERS; i++) {
        callers.submit(() -> call(shop));
      }
    }

    void send(String next) {
      path.set(next);
    }

    private void call(ObservedService shop) {
      while (!callers.isShutdown()) {
        try {
          shop.get(path.get());
          Thread.sleep(5);
        } catch (Exception | AssertionError e) {
          // It goes down at the end.
        }
      }
    }

    @Override
    public void close() {
      callers.shutdownNow();
    }
  }
}

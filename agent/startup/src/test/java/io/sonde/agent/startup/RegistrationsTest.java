// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.ServiceIdentity;
import io.sonde.health.Health;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistrationsTest {

  private static final ServiceIdentity SHOP =
      new ServiceIdentity("shop", null, null, "one", "host");

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    AgentLog.to(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void listenNoMore() {
    AgentLog.to(null);
  }

  @Test
  void registersNowhereUnlessAsked() {
    assertThat(started("", Map.of("CONSUL_HTTP_ADDR", "10.0.0.1:8500"))).isEmpty();
  }

  @Test
  void takesConsulsOwnVariables() {
    String register = "consul.register=true,etcd.register=true";

    assertThat(started(register, Map.of()))
        .extracting(row -> row.get("address"))
        .containsExactly("http://127.0.0.1:8500", "http://127.0.0.1:2379");
    assertThat(
            started(
                "consul.register=true",
                Map.of("CONSUL_HTTP_ADDR", "consul:8501", "CONSUL_HTTP_SSL", "true")))
        .extracting(row -> row.get("address"))
        .containsExactly("https://consul:8501");
    assertThat(
            started(
                "consul.register=true,consul.address=mine:1",
                Map.of("CONSUL_HTTP_ADDR", "other:2")))
        .extracting(row -> row.get("address"))
        .containsExactly("http://mine:1");
  }

  @Test
  void tellsAnAddressThatItCannotUse() {
    String address = "unix:///run/consul.sock";

    assertThat(started("consul.register=true", Map.of("CONSUL_HTTP_ADDR", address))).isEmpty();
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("consul.address=" + address + ": ")
        .endsWith("; not registered\n");
  }

  private static List<Map<String, Object>> started(
      String argument, Map<String, String> environment) {
    Settings settings = Settings.load(argument, new Properties(), environment);
    // Never started: it waits, and is told to go.
    Registrations registrations = new Registrations(settings, environment, new Health(), () -> 0);
    registrations.start(SHOP, OptionalInt.empty());
    registrations.close(System.nanoTime());
    return registrations.describe();
  }
}

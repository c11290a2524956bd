// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.ServiceIdentity;
import io.sonde.health.Health;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsulRegistryTest {

  private static final int PORT = 7633;

  @ParameterizedTest
  @CsvSource({
    // check, health.host, port, Consul on loopback, who is polled
    "AUTO, 127.0.0.1, 7633, true, 127.0.0.1",
    "AUTO, localhost, 7633, false, ",
    "AUTO, 127.0.0.1, 7633, false, ",
    "AUTO, 192.0.2.7, 7633, false, 192.0.2.7",
    "AUTO, 0.0.0.0, 7633, true, 127.0.0.1",
    "AUTO, ::, 7633, true, 127.0.0.1",
    "AUTO, 127.0.0.1, 0, true, ",
    "HTTP, 127.0.0.1, 7633, false, 127.0.0.1",
    "HTTP, 127.0.0.1, 0, true, ",
    "TTL, 192.0.2.7, 7633, true, "
  })
  void isPolledOnlyWhereConsulReachesIt(
      ConsulConfig.Check check, String host, int port, boolean local, String polled)
      throws Exception {
    ServiceIdentity shop = new ServiceIdentity("shop", null, null, "one", "host");
    ConsulConfig config =
        ConsulConfig.builder(shop, "0.1.0").check(check).health(host, port).build();

    assertThat(new ConsulRegistry(config, new Health()).polledHost(local)).isEqualTo(polled);
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.7, http://10.0.0.7:7633/health", "::1, http://[::1]:7633/health"})
  void writesAddressesOfBothVersions(String host, String url) {
    assertThat(HealthUrl.of(host, PORT, "")).isEqualTo(url);
  }
}

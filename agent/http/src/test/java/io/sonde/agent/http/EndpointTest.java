// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "consul, http://consul:8500",
    "10.0.0.1:18500, http://10.0.0.1:18500",
    "http://consul, http://consul:80",
    "https://consul:8501/prefix/, https://consul:8501/prefix",
    "[::1]:8500, http://[::1]:8500"
  })
  void readsWhatUsersWrite(String text, String meant) {
    assertThat(Endpoint.parse("consul.address", text, false, 8500)).hasToString(meant);
  }

  @Test
  void isSecureWhenTheEnvironmentSaysSo() {
    assertThat(Endpoint.parse("consul.address", "consul:8501", true, 8500))
        .hasToString("https://consul:8501");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"unix:///run/consul.sock", "ftp://consul", "consul:99999", "http://", "a b"})
  void tellsWhatIsNotAllowed(String text) {
    assertThatThrownBy(() -> Endpoint.parse("consul.address", text, false, 8500))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("consul.address=" + text + ": ");
  }

  @Test
  void neverRepeatsAPassword() {
    assertThatThrownBy(() -> Endpoint.parse("consul.address", "http://me:secret@ x", false, 8500))
        .hasMessageNotContainingAny("secret");
  }

  @Test
  void knowsWhichOwnAddressReachesTheServer() throws Exception {
    Endpoint local = Endpoint.parse("consul.address", "127.0.0.1:8500", false, 8500);

    assertThat(local.isLoopback()).isTrue();
    assertThat(local.ownAddress()).isEqualTo("127.0.0.1");
    assertThat(Endpoint.parse("consul.address", "192.0.2.1", false, 8500).isLoopback()).isFalse();
  }
}

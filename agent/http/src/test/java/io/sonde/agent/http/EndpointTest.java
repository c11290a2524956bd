// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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

  @Test
  void asksOnceOnAConnectionOfItsOwn() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + server.getLocalPort();
      Future<String> asked = answered(server, "HTTP/1.1 403 No\r\nContent-Length: 4\r\n\r\nkeep");

      HttpResponse answer =
          Endpoint.parse("consul.address", "http://" + address + "/prefix/", false, 8500)
              .get("/version?a=b", "X-Token: t\r\n", null, 3_000, 4_096);

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.text()).isEqualTo("keep");
      assertThat(asked.get(3, TimeUnit.SECONDS))
          .isEqualTo(
              "GET /prefix/version?a=b HTTP/1.1\r\n"
                  + ("Host: " + address + "\r\n")
                  + "User-Agent: sonde\r\nX-Token: t\r\nContent-Length: 0\r\n\r\n");
    }
  }

  /** What the first client has sent until it closed. */
  private static Future<String> answered(ServerSocket server, String response) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Socket client = server.accept()) {
            client.getOutputStream().write(response.getBytes(StandardCharsets.UTF_8));
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}

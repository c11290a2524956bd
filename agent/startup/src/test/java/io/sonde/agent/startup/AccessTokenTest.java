// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.AgentThreads;
import io.sonde.health.Health;
import io.sonde.health.server.HealthServer;
import io.sonde.health.server.Response;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class AccessTokenTest {

  @Test
  void withoutTheTokenNothingIsShown() throws Exception {
    assertThat(ask("console.token=secret", "/page"))
        .startsWith("HTTP/1.1 401")
        .doesNotContain("shown");
    assertThat(ask("console.token=secret", "/page?token=wrong")).startsWith("HTTP/1.1 401");
    assertThat(ask("console.token=secret", "/page", "Authorization: Bearer wrong"))
        .startsWith("HTTP/1.1 401");
  }

  @Test
  void theTokenOpensAsQueryBearerAndCookie() throws Exception {
    assertThat(ask("console.token=secret", "/page?token=secret"))
        .startsWith("HTTP/1.1 200")
        .contains("Set-Cookie: sonde-token=secret; Path=/; HttpOnly; SameSite=Strict");
    assertThat(ask("console.token=secret", "/page", "Authorization: Bearer secret"))
        .startsWith("HTTP/1.1 200");
    assertThat(ask("console.token=secret", "/page", "Cookie: a=b; sonde-token=secret"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void unsetItIsRandom() throws Exception {
    assertThat(ask("", "/page")).startsWith("HTTP/1.1 401");
    assertThat(ask("", "/page?token=")).startsWith("HTTP/1.1 401");
  }

  @Test
  void noneOpensOnLoopbackForLoopbackNamesOnly() throws Exception {
    assertThat(ask("console.token=none", "/page")).startsWith("HTTP/1.1 200");
    assertThat(ask("console.token=none", "/page", "Host: evil.example")).startsWith("HTTP/1.1 401");
    assertThat(ask("console.token=none,health.host=0.0.0.0", "/page")).startsWith("HTTP/1.1 401");
  }

  @Test
  void whatACallerSendsDoesNotBecomeAHeader() throws Exception {
    assertThat(ask("console.token=none", "/page?token=x%0d%0aX-Evil:%20y"))
        .startsWith("HTTP/1.1 200")
        .doesNotContain("Set-Cookie")
        .doesNotContain("X-Evil");
    assertThat(ask("console.token=secret", "/page?token=other", "Authorization: Bearer secret"))
        .startsWith("HTTP/1.1 200")
        .doesNotContain("Set-Cookie");
  }

  /** The whole answer, as bytes came over the socket. */
  private static String ask(String settings, String target, String... headers) throws Exception {
    AccessToken token = AccessToken.of(Settings.load(settings, new Properties(), Map.of()));
    try (Health health = new Health();
        HealthServer server = new HealthServer(health, AgentThreads.factory("test"))) {
      server.handle("/page", token.guard(request -> Response.html(200, "shown")));
      int port = server.bind("127.0.0.1", 0, true).port().orElseThrow();
      String head = "GET " + target + " HTTP/1.1\r\nConnection: close\r\n";
      if (!String.join(",", headers).contains("Host:")) {
        head += "Host: 127.0.0.1:" + port + "\r\n";
      }
      for (String header : headers) {
        head += header + "\r\n";
      }
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        OutputStream out = socket.getOutputStream();
        out.write((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }
}

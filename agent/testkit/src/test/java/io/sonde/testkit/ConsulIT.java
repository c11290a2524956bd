// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConsulIT {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Test
  void seesAServicePassAndFail() throws IOException {
    AtomicInteger status = new AtomicInteger(200);
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/health",
        exchange -> {
          byte[] body = "fine".getBytes();
          exchange.sendResponseHeaders(status.get(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
    try (Consul consul = Consul.start()) {
      consul.register("orders", "http://127.0.0.1:" + service.getAddress().getPort() + "/health");

      JsonNode passing = consul.awaitStatus("orders", "passing", LIMIT);
      assertThat(passing.path("Output").asText()).contains("200 OK").endsWith("fine");

      status.set(429);
      consul.awaitStatus("orders", "warning", LIMIT);
      status.set(503);
      consul.awaitStatus("orders", "critical", LIMIT);
    } finally {
      service.stop(0);
    }
  }

  @Test
  void hasNoChecksOfAnUnknownService() {
    try (Consul consul = Consul.start()) {
      assertThat(consul.checks("nobody")).isEmpty();
    }
  }
}

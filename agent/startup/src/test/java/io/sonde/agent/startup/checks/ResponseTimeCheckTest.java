// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.LiveTable;
import io.sonde.agent.recording.ReplayedExchange;
import io.sonde.health.Health;
import io.sonde.health.server.HealthServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResponseTimeCheckTest {

  private static final String PATH = "/health/http.server:responseTime";

  private final RequestWindows windows = new RequestWindows(System::nanoTime);
  private final Health health = new Health();
  private final HealthServer server = new HealthServer(health, Thread::new);
  private int port;

  @BeforeEach
  void serve() {
    Thresholds thresholds = TestThresholds.of(TestThresholds.DEFAULTS);
    Traffic traffic = new Traffic(new LiveTable(), () -> 0, () -> true, System::nanoTime);
    health.add(
        ResponseTimeCheck.KEY,
        new ResponseTimeCheck(windows, traffic, () -> thresholds, System::nanoTime));
    port = server.bind("127.0.0.1", 0, true).port().getAsInt();
    add("/users/{id}", 10, 200);
    add("/users/{id}", 30, 500);
    add("/orders", 2_000, 200);
  }

  @AfterEach
  void close() {
    server.close();
    health.close();
  }

  @Test
  void tellsTheNumbersOfOneRoute() throws Exception {
    String response = get(PATH + "?route=/users/{id}");

    assertThat(response).startsWith("HTTP/1.1 200");
    assertThat(response)
        .contains("\"componentId\":\"/users/{id}\"", "\"count\":2", "\"window\":\"60s\"")
        .contains("\"mean\":20,", "\"max\":30,", "\"serverErrors\":50");
    assertThat(get(PATH + "?route=%2Fusers%2F%7Bid%7D")).contains("\"count\":2");
  }

  @Test
  void tellsTheNumbersOfAnotherWindow() throws Exception {
    assertThat(get(PATH + "?window=10s")).contains("\"window\":\"10s\"", "\"count\":3");
    assertThat(get(PATH + "?window=5m&route=/orders"))
        .contains("\"window\":\"5m\"", "\"count\":1", "\"max\":2000,");
  }

  @Test
  void namesTheBusiestRoutesWhenThereIsNoSuch() throws Exception {
    assertThat(get(PATH + "?route=/nowhere"))
        .startsWith("HTTP/1.1 404")
        .contains("{\"error\":\"no request of such a route; the busiest: /users/{id}, /orders\"}");
  }

  @Test
  void aWindowThatIsNotKeptIsABadRequest() throws Exception {
    assertThat(get(PATH + "?window=7s"))
        .startsWith("HTTP/1.1 400")
        .contains("window: not one of 1s, 10s, 60s, 5m");
  }

  @Test
  void otherParametersMeanNothing() throws Exception {
    health.start(Thread::new);
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (!get(PATH + "?x=y").contains("\"count\":3")) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(10);
    }

    assertThat(get("/health/uptime?route=/x")).startsWith("HTTP/1.1 404");
    add("/orders", 1, 200);
    Thread.sleep(60);
    assertThat(get(PATH)).as("as of now").contains("\"count\":4");
  }

  private void add(String route, long millis, int status) {
    long nanos = millis * 1_000_000;
    long start = System.nanoTime() - nanos;
    windows.add(ReplayedExchange.of(route, start).took(nanos).status(status).get());
  }

  /** As it is written, braces and all. */
  private String get(String target) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String request = "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

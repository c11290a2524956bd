// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sonde.health.CheckResult;
import io.sonde.health.HealthCheck;
import io.sonde.health.Service;
import io.sonde.health.Status;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {

  private static final String CONSUL = "Consul Health Check";

  private final LocalServer local = new LocalServer();
  private volatile Status queue = Status.PASS;

  @BeforeEach
  void startWithOneCheck() throws Exception {
    local.health.service(
        Service.named("orders").instance("orders-7f9c-1").version("2.4.1").note("sonde 0.1.0"));
    local.health.add("orders:queue", this::queue);
    local.health.start(body -> new Thread(body, "health"));
    awaitKey("orders:queue");
  }

  @AfterEach
  void stop() {
    local.close();
  }

  @Test
  void answersTheDocument() throws Exception {
    HttpResponse<String> response = local.get("/health");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/health+json");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    JsonNode document = json(response);
    assertThat(document.path("status").asText()).isEqualTo("pass");
    assertThat(document.path("serviceId").asText()).isEqualTo("orders-7f9c-1");
    assertThat(document.path("version").asText()).isEqualTo("2.4.1");
    assertThat(document.path("description").asText()).isEqualTo("orders");
    assertThat(document.path("notes").get(0).asText()).isEqualTo("sonde 0.1.0");
    assertThat(document.at("/checks/orders:queue/0/observedValue").asInt()).isEqualTo(7);
  }

  @Test
  void failIs503WhoeverAsks() throws Exception {
    becomes(Status.FAIL);

    assertThat(local.get("/health").statusCode()).isEqualTo(503);
    assertThat(local.get("/health", "User-Agent", CONSUL).statusCode()).isEqualTo(503);
    assertThat(local.get("/health?view=brief").statusCode()).isEqualTo(503);
    assertThat(local.get("/health").headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void warnIs200ButForConsulAndForThoseWhoAsk() throws Exception {
    becomes(Status.WARN);

    assertThat(local.get("/health").statusCode()).isEqualTo(200);
    assertThat(local.get("/health", "User-Agent", CONSUL).statusCode()).isEqualTo(429);
    assertThat(local.get("/health", "User-Agent", CONSUL + "/1.8").statusCode()).isEqualTo(429);
    assertThat(local.get("/health", "User-Agent", "my " + CONSUL).statusCode()).isEqualTo(200);
    assertThat(local.get("/health?warn=429").statusCode()).isEqualTo(429);
    assertThat(local.get("/health?view=brief&warn=429").statusCode()).isEqualTo(429);
    assertThat(local.get("/health/orders:queue?warn=429").statusCode()).isEqualTo(429);
  }

  @Test
  void anotherServiceHereIs503() throws Exception {
    assertThat(local.get("/health?service=orders").statusCode()).isEqualTo(200);
    assertThat(local.get("/health?service=billing").statusCode()).isEqualTo(503);
    assertThat(local.get("/health?view=brief&service=billing").statusCode()).isEqualTo(503);
    assertThat(local.get("/health?service=billing&view=brief&warn=429").statusCode())
        .isEqualTo(503);
    local.health.started();
    assertThat(local.get("/health/ready?service=orders").statusCode()).isEqualTo(200);
    assertThat(local.get("/health/ready?service=billing").statusCode()).isEqualTo(503);
    assertThat(json(local.get("/health?service=billing")).path("output").asText())
        .isEqualTo("orders answers here");
  }

  @Test
  void whatWasAskedForIsNotRepeated() throws Exception {
    String hostile = "%3Cevil%3E%22%0d%0aX-Evil:1";

    for (String path : List.of("/health?service=" + hostile, "/health/" + hostile, "/" + hostile)) {
      assertThat(local.raw("GET " + path + " HTTP/1.1\r\nConnection: close\r\n\r\n"))
          .as(path)
          .startsWith("HTTP/1.1 ")
          .doesNotContainIgnoringCase("evil");
    }
  }

  @Test
  void readyFromStartedUntilStopping() throws Exception {
    assertThat(local.get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(local.get("/health/startup").statusCode()).isEqualTo(503);

    local.health.started();

    assertThat(local.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(local.get("/health/startup").statusCode()).isEqualTo(200);

    local.health.stopping();

    assertThat(local.get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(local.get("/health/startup").statusCode()).isEqualTo(200);
    assertThat(json(local.get("/health/ready")).path("output").asText()).isEqualTo("stopping");
  }

  @Test
  void liveLooksOnlyAtLivenessChecks() throws Exception {
    becomes(Status.FAIL);

    assertThat(local.get("/health/live").statusCode()).isEqualTo(200);

    local.health.add("threads:deadlock", new Deadlocked());
    awaitKey("threads:deadlock");

    assertThat(local.get("/health/live").statusCode()).isEqualTo(503);
    assertThat(json(local.get("/health/live")).path("checks").size()).isEqualTo(1);
  }

  @Test
  void oneCheckByItsKey() throws Exception {
    local.health.add("fails", () -> CheckResult.of("other:thing").status(Status.FAIL).build());
    awaitKey("other:thing");

    HttpResponse<String> one = local.get("/health/orders:queue");

    assertThat(one.statusCode()).isEqualTo(200);
    assertThat(json(one).path("checks").size()).isEqualTo(1);
    assertThat(local.get("/health/orders%3Aqueue").statusCode()).isEqualTo(200);
    assertThat(local.get("/health/other:thing").statusCode()).isEqualTo(503);
    assertThat(local.get("/health/fails").statusCode()).isEqualTo(503);
  }

  @Test
  void onePoolByItsName() throws Exception {
    local.health.add("pools", new Pools());
    awaitKey("a/b c:connections");

    assertThat(local.get("/health/pool/orders-db").statusCode()).isEqualTo(200);
    assertThat(json(local.get("/health/pool/a%2Fb%20c")).path("checks").size()).isEqualTo(1);
    assertThat(local.get("/health/pool/a%2Fb%20c?warn=429").statusCode()).isEqualTo(429);
    assertThat(local.get("/health/pool/http.server").statusCode()).isEqualTo(404);
    assertThat(local.get("/health/pool/").statusCode()).isEqualTo(404);
  }

  @Test
  void unknownChecksAre404InJson() throws Exception {
    HttpResponse<String> response = local.get("/health/nothing");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(json(response).path("error").asText()).isEqualTo("no such check");
    assertThat(local.get("/healthy").statusCode()).isEqualTo(404);
  }

  @Test
  void headAnswersTheSameWithoutBody() throws Exception {
    HttpResponse<String> get = local.get("/health?view=brief");
    HttpResponse<String> head = local.send("HEAD", "/health?view=brief");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .isEqualTo(get.headers().firstValue("Content-Length"))
        .hasValue(String.valueOf(get.body().length()));
  }

  private CheckResult queue() {
    return CheckResult.of("orders:queue").observed(7, "jobs").status(queue).build();
  }

  private void becomes(Status status) throws Exception {
    queue = status;
    local.health.add("orders:queue", this::queue);
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (local.health.report().status() != status) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(1);
    }
  }

  private void awaitKey(String key) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (local.health.report().check(key) == null) {
      assertThat(System.nanoTime()).as("no " + key).isLessThan(deadline);
      Thread.sleep(1);
    }
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return new ObjectMapper().readTree(response.body());
  }

  private static final class Deadlocked implements HealthCheck {
    @Override
    public CheckResult check() {
      return CheckResult.of("threads:deadlock").status(Status.FAIL).build();
    }

    @Override
    public boolean liveness() {
      return true;
    }
  }

  private static final class Pools implements HealthCheck {
    @Override
    public CheckResult check() {
      return results().get(0);
    }

    @Override
    public List<CheckResult> results() {
      return List.of(
          CheckResult.pool("orders-db").build(),
          CheckResult.pool("a/b c").status(Status.WARN).build(),
          CheckResult.of("http.server:connections").build());
    }
  }
}

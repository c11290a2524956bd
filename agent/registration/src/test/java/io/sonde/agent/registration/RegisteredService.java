// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.registration;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.AgentThreads;
import io.sonde.agent.recording.ServiceIdentity;
import io.sonde.health.CheckResult;
import io.sonde.health.Health;
import io.sonde.health.Service;
import io.sonde.health.Status;
import io.sonde.health.server.HealthServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A service named {@code shop}, instance {@code one}, with a real {@code /health}, in this JVM. */
final class RegisteredService implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(20);

  private static final ServiceIdentity IDENTITY =
      new ServiceIdentity("shop", "2.4.1", "test", "one", "host");

  private final Health health = new Health();
  private final HealthServer server =
      new HealthServer(health, AgentThreads.factory("health-server"));
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final int port;
  private volatile Status status = Status.PASS;
  private Registration registration;

  RegisteredService() {
    AgentLog.to(new PrintStream(log, true, StandardCharsets.UTF_8));
    health.service(Service.named("shop").instance("one").version("2.4.1"));
    health.add(
        "db", () -> CheckResult.of("db").observed(1, "x").status(status).output("as set").build());
    health.start(AgentThreads.factory("health"));
    port = server.bind("127.0.0.1", 0, false).port().orElseThrow();
  }

  RegisteredService consul(String address, UnaryOperator<ConsulConfig.Builder> more) {
    ConsulConfig.Builder config =
        ConsulConfig.builder(IDENTITY, "0.1.0")
            .address(address, false)
            .health("127.0.0.1", port)
            .times(Duration.ofSeconds(1), Duration.ofMillis(900), Duration.ofMinutes(30));
    return start(Registration.with(more.apply(config).build(), health));
  }

  RegisteredService etcd(String url, UnaryOperator<EtcdConfig.Builder> more) {
    EtcdConfig.Builder config =
        EtcdConfig.builder(IDENTITY)
            .endpoint(url)
            .health("127.0.0.1", port)
            .service("10.0.0.7", () -> 8080)
            .ttl(Duration.ofSeconds(3));
    return start(Registration.with(more.apply(config).build(), health));
  }

  private RegisteredService start(Registration made) {
    registration = made;
    made.start();
    return this;
  }

  /** The first server accepts. */
  RegisteredService accepting() {
    health.started();
    return this;
  }

  int port() {
    return port;
  }

  /** What the check says within 2 s. */
  void status(Status next) {
    status = next;
  }

  /** The agent's whole log as yet. */
  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  List<String> logLines(String part) {
    return log().lines().filter(line -> line.contains(part)).toList();
  }

  Object state() {
    return registration.describe().get("state");
  }

  Registration registration() {
    return registration;
  }

  void shutDown() {
    registration.stopping();
    registration.close(System.nanoTime() + TimeUnit.SECONDS.toNanos(2));
  }

  @Override
  public void close() {
    shutDown();
    server.close();
    health.close();
    AgentLog.to(null);
  }
}

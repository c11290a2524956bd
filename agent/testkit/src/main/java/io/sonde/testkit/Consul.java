// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Consul agent in its development mode, without disk. The program is {@code SONDE_CONSUL},
 * else what {@code .ci/install} made, else the one on the {@code PATH}.
 */
public final class Consul implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final ForkedProcess agent;
  private final String url;

  private Consul(ForkedProcess agent, int port) {
    this.agent = agent;
    this.url = "http://127.0.0.1:" + port;
  }

  /** Starts one on free ports and returns when it has elected itself (0.2 s). */
  public static Consul start() {
    Optional<Path> program = program();
    Requires.part(program.isPresent(), "Consul: run .ci/install, or set SONDE_CONSUL to it");
    int[] port = FreePort.find(4);
    String ports =
        "ports { http=%d dns=-1 grpc=-1 serf_lan=%d serf_wan=%d server=%d } check_update_interval=\"0s\""
            .formatted(port[0], port[1], port[2], port[3]);
    Consul consul =
        new Consul(
            ForkedProcess.start(
                new ProcessBuilder(
                    program.get().toString(),
                    "agent",
                    "-dev",
                    "-node=test",
                    "-bind=127.0.0.1",
                    "-client=127.0.0.1",
                    "-log-level=warn",
                    "-hcl",
                    ports)),
            port[0]);
    consul.awaitLeader();
    return consul;
  }

  /** {@code http://127.0.0.1:port}, as {@code CONSUL_HTTP_ADDR} takes it. */
  public String url() {
    return url;
  }

  /** {@code 127.0.0.1:port}. */
  public String address() {
    return url.substring("http://".length());
  }

  /**
   * Registers a service whose health Consul polls once a second (its own lower limit).
   *
   * @param healthUrl asked with GET
   */
  public void register(String service, String healthUrl) {
    String body =
        """
        {"ID": "%1$s", "Name": "%1$s", "Address": "127.0.0.1", "Port": 1,
         "Check": {"CheckID": "%1$s-health", "Name": "health", "HTTP": "%2$s", "Method": "GET",
                   "Interval": "1s", "Timeout": "900ms"}}
        """
            .formatted(service, healthUrl);
    Http.Response response = Http.send("PUT", url + "/v1/agent/service/register", body);
    if (response.status() != 200) {
      throw new AssertionError(response.toString());
    }
  }

  /** Its checks as the catalog has them; an empty array when there is none. */
  public JsonNode checks(String service) {
    return Http.get(url + "/v1/health/checks/" + service).json();
  }

  /** The service's first check as soon as it has {@code status}: passing, warning or critical. */
  public JsonNode awaitStatus(String service, String status, Duration limit) {
    AtomicReference<@Nullable JsonNode> check = new AtomicReference<>();
    Eventually.passes(
        limit,
        () -> {
          JsonNode checks = checks(service);
          if (!checks.path(0).path("Status").asText().equals(status)) {
            throw new AssertionError(service + " is not " + status + ": " + checks);
          }
          check.set(checks.get(0));
        });
    return check.get();
  }

  @Override
  public void close() {
    agent.close();
  }

  private static Optional<Path> program() {
    Stream<Path> onPath =
        Stream.ofNullable(System.getenv("PATH"))
            .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
            .map(folder -> Path.of(folder, "consul"));
    return Stream.of(
            Stream.ofNullable(System.getenv("SONDE_CONSUL")).map(Path::of),
            Stream.of(Places.cache().resolve("consul")),
            onPath)
        .flatMap(places -> places)
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private void awaitLeader() {
    try {
      Eventually.that(START_LIMIT, () -> !agent.process().isAlive() || hasLeader());
    } catch (AssertionError e) {
      close();
      throw new AssertionError("Consul has no leader" + agent.output(), e);
    }
    if (!agent.process().isAlive()) {
      throw new AssertionError("Consul has ended" + agent.output());
    }
  }

  private boolean hasLeader() {
    try {
      return Http.get(url + "/v1/status/leader").body().contains(":");
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}

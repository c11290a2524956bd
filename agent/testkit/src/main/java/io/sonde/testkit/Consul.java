// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Consul agent in its development mode, without disk. The program is {@code SONDE_CONSUL},
 * else what {@code .ci/install} made, else the one on the {@code PATH}.
 */
public final class Consul implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final Path program;
  private final int[] port;
  private final List<String> options;
  private final String token;
  private final String url;
  private ForkedProcess agent;

  private Consul(Path program, int[] port, String token, List<String> options) {
    this.program = program;
    this.port = port;
    this.token = token;
    this.options = options;
    this.url = "http://127.0.0.1:" + port[0];
    this.agent = launch();
  }

  /** Starts one on free ports and returns when it has elected itself (0.2 s). */
  public static Consul start() {
    return start("", List.of());
  }

  /** The same, where nothing may be read or written without a token: {@code master} may all. */
  public static Consul startWithAcl(String master) {
    return start(
        master,
        List.of(
            "-hcl",
            "acl { enabled=true default_policy=\"deny\" tokens { master=\"%1$s\" agent=\"%1$s\" } }"
                .formatted(master)));
  }

  /**
   * The same, with TLS on {@link #tlsAddress} besides.
   *
   * @param folder for the certificates; see {@link #caFile}
   */
  public static Consul startWithTls(Path folder) {
    run(folder, "tls", "ca", "create");
    run(folder, "tls", "cert", "create", "-server");
    return start(
        "",
        List.of(
            "-hcl",
            "ca_file=\"%1$s/%2$s.pem\" cert_file=\"%1$s/%3$s.pem\" key_file=\"%1$s/%3$s-key.pem\""
                .formatted(folder, "consul-agent-ca", "dc1-server-consul-0")));
  }

  private static Consul start(String token, List<String> options) {
    Consul consul = new Consul(required(), FreePort.find(5), token, options);
    consul.awaitLeader();
    return consul;
  }

  /** The same, with its data in {@code folder}: see {@link #definition}. */
  public static Consul startOn(Path folder) {
    return start("", List.of("-data-dir=" + folder));
  }

  /** How {@link #startOn} has understood its only check; the API shows nothing of it. */
  public static JsonNode definition(Path folder) {
    try (Stream<Path> files = Files.list(folder.resolve("checks"))) {
      return Json.parse(Files.readString(files.findFirst().orElseThrow())).path("ChkType");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, with a configuration file that it loads. */
  public static Consul startWith(Path file) {
    return start("", List.of("-config-file=" + file));
  }

  /** The authority's certificate of {@link #startWithTls}. */
  public static Path caFile(Path folder) {
    return folder.resolve("consul-agent-ca.pem");
  }

  /** What Consul says of a folder of configuration files; fails when it does not take them. */
  public static String validate(Path folder) {
    return run(folder, "validate", folder.toString());
  }

  /** {@code https://localhost:port} of {@link #startWithTls}. */
  public String tlsAddress() {
    return "https://localhost:" + port[4];
  }

  /** Ends it, without a farewell. */
  public void stop() {
    agent.kill();
  }

  /** Starts it again on the same ports: it has forgotten everything. */
  public void restart() {
    agent.kill();
    agent = launch();
    awaitLeader();
  }

  /** Asks its API, with the token if it has one. */
  public Http.Response api(String method, String path, String body) {
    return token.isEmpty()
        ? Http.send(method, url + path, body)
        : Http.send(method, url + path, body, "X-Consul-Token", token);
  }

  /** The service of this id as the agent knows it; missing when it does not. */
  public JsonNode service(String id) {
    return api("GET", "/v1/agent/services", "").json().path(id);
  }

  /** A new token that may write the service of this name. */
  public String tokenFor(String service) {
    String rules = "service \\\"%s\\\" { policy = \\\"write\\\" }".formatted(service);
    String policy = "p" + System.nanoTime();
    api("PUT", "/v1/acl/policy", "{\"Name\":\"%s\",\"Rules\":\"%s\"}".formatted(policy, rules));
    return api("PUT", "/v1/acl/token", "{\"Policies\":[{\"Name\":\"%s\"}]}".formatted(policy))
        .json()
        .path("SecretID")
        .asText();
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
    return api("GET", "/v1/health/checks/" + service, "").json();
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

  private static Path required() {
    return Places.requiredProgram("consul");
  }

  private static String run(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of(required().toString()));
    command.addAll(List.of(arguments));
    ForkedProcess process =
        ForkedProcess.start(new ProcessBuilder(command).directory(folder.toFile()));
    int code = process.exitCode(START_LIMIT);
    if (code != 0) {
      throw new AssertionError(command + " ended with " + code + process.output());
    }
    return process.output();
  }

  private ForkedProcess launch() {
    String https = options.toString().contains("cert_file") ? String.valueOf(port[4]) : "-1";
    String base =
        "ports { http=%d dns=-1 grpc=-1 serf_lan=%d serf_wan=%d server=%d https=%s } check_update_interval=\"0s\""
            .formatted(port[0], port[1], port[2], port[3], https);
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "agent",
                "-dev",
                "-node=test",
                "-bind=127.0.0.1",
                "-client=127.0.0.1",
                "-log-level=warn",
                "-hcl",
                base));
    command.addAll(options);
    return ForkedProcess.start(new ProcessBuilder(command));
  }

  private void awaitLeader() {
    agent.awaitAnswer(
        "Consul", START_LIMIT, () -> Http.get(url + "/v1/status/leader").body().contains(":"));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/**
 * A real etcd of one member. The program is {@code SONDE_ETCD}, else what {@code .ci/install} made,
 * else the one on the {@code PATH}.
 */
public final class Etcd implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final Path data = Places.temporaryFolder("etcd");
  private final int[] port = FreePort.find(2);
  private final Path program;
  private ForkedProcess member;

  private Etcd(Path program) {
    this.program = program;
    this.member = launch();
  }

  /** Starts one on free ports and returns when it is healthy (0.5 s). */
  public static Etcd start() {
    Etcd etcd = new Etcd(Places.requiredProgram("etcd"));
    etcd.awaitHealth();
    return etcd;
  }

  /** {@code http://127.0.0.1:port}. */
  public String url() {
    return "http://127.0.0.1:" + port[0];
  }

  /** Asks its JSON gateway. */
  public JsonNode api(String path, String body) {
    return Http.send("POST", url() + path, body).json();
  }

  /** The value of a key; empty when there is none. */
  public String value(String key, String... headers) {
    String body = "{\"key\":\"%s\"}".formatted(base64(key));
    JsonNode answer = Http.send("POST", url() + "/v3/kv/range", body, headers).json();
    String value = answer.path("kvs").path(0).path("value").asText();
    return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }

  /** Of the lease that a key is under; empty when there is none. */
  public String lease(String key) {
    return api("/v3/kv/range", "{\"key\":\"%s\"}".formatted(base64(key)))
        .path("kvs")
        .path(0)
        .path("lease")
        .asText();
  }

  /** Ends it; the data stays for {@link #restart}. */
  public void stop() {
    member.kill();
  }

  /** Starts it again after {@link #stop}, same ports, same data. */
  public void restart() {
    member = launch();
    awaitHealth();
  }

  @Override
  public void close() {
    member.close();
    Places.delete(data);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private ForkedProcess launch() {
    String peer = "http://127.0.0.1:" + port[1];
    return ForkedProcess.start(
        new ProcessBuilder(
            program.toString(),
            "--data-dir",
            data.toString(),
            "--listen-client-urls",
            url(),
            "--advertise-client-urls",
            url(),
            "--listen-peer-urls",
            peer,
            "--initial-advertise-peer-urls",
            peer,
            "--initial-cluster",
            "default=" + peer));
  }

  private void awaitHealth() {
    member.awaitAnswer(
        "etcd", START_LIMIT, () -> Http.get(url() + "/health").body().contains("true"));
  }
}

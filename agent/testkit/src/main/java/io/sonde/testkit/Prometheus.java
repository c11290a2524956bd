// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A real Prometheus, and its {@code promtool}. Each program is {@code SONDE_PROMETHEUS} or {@code
 * SONDE_PROMTOOL}, else what {@code .ci/install} made, else the one on the {@code PATH}.
 */
public final class Prometheus implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final Path data = Places.temporaryFolder("prometheus");
  private final String url;
  private final ForkedProcess server;

  private Prometheus(Path program, Path configuration, int port) {
    this.url = "http://127.0.0.1:" + port;
    this.server =
        ForkedProcess.start(
            new ProcessBuilder(
                program.toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + data,
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn"));
  }

  /** Starts one on a free port and returns when it is ready (0.5 s). */
  public static Prometheus start(Path configuration) {
    Prometheus started =
        new Prometheus(
            Places.requiredProgram("prometheus"), configuration.toAbsolutePath(), FreePort.find());
    started.server.awaitAnswer(
        "Prometheus", START_LIMIT, () -> Http.get(started.url + "/-/ready").status() == 200);
    return started;
  }

  /**
   * What {@code promtool} says, e.g. of {@code check rules rules.yml}.
   *
   * @throws AssertionError when it does not like it
   */
  public static String promtool(String... arguments) {
    List<String> command = new ArrayList<>(List.of(Places.requiredProgram("promtool").toString()));
    command.addAll(List.of(arguments));
    ForkedProcess process = ForkedProcess.start(new ProcessBuilder(command));
    int code = process.exitCode(START_LIMIT);
    if (code != 0) {
      throw new AssertionError(command + " ended with " + code + process.output());
    }
    return process.output();
  }

  /** {@code http://127.0.0.1:port}. */
  public String url() {
    return url;
  }

  /** The result of a query as of now: an array of {@code metric} and {@code value}. */
  public JsonNode query(String promql) {
    return api("/query?query=" + encoded(promql)).path("result");
  }

  /** The same over the time up to now: an array of {@code metric} and {@code values}. */
  public JsonNode queryRange(String promql, Duration back, Duration step) {
    long now = Instant.now().getEpochSecond();
    String path =
        "/query_range?query=%s&start=%d&end=%d&step=%d"
            .formatted(encoded(promql), now - back.toSeconds(), now, step.toSeconds());
    return api(path).path("result");
  }

  /** Asks its API, a path below {@code /api/v1}; the {@code data} of the answer. */
  public JsonNode api(String path) {
    Http.Response response = Http.get(url + "/api/v1" + path);
    if (response.status() != 200) {
      throw new AssertionError(path + ": " + response);
    }
    return response.json().path("data");
  }

  @Override
  public void close() {
    server.close();
    Places.delete(data);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

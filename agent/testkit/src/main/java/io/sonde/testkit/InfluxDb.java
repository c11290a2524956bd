// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A real InfluxDB 1. The program is {@code SONDE_INFLUXD}, else what {@code .ci/install} made, else
 * the one on the {@code PATH}.
 */
public final class InfluxDb implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final Path data;
  private final int[] port;
  private final ForkedProcess server;

  private InfluxDb(Path program, Path data, int[] port) {
    this.data = data;
    this.port = port;
    this.server =
        ForkedProcess.start(
            new ProcessBuilder(
                program.toString(), "-config", data.resolve("influxdb.conf").toString()));
  }

  /**
   * Starts one on free ports and returns when it answers (0.2 s).
   *
   * @param graphite sections of the configuration, where {@code :2003} is the port it listens on
   *     for lines of Graphite's
   */
  public static InfluxDb start(String graphite) {
    Path program = Places.requiredProgram("influxd");
    Path data = Places.temporaryFolder("influxdb");
    int[] port = FreePort.find(3);
    String base =
        """
        reporting-disabled = true
        bind-address = "127.0.0.1:%2$d"
        [meta]
        dir = "%1$s/meta"
        [data]
        dir = "%1$s/data"
        wal-dir = "%1$s/wal"
        [http]
        bind-address = "127.0.0.1:%3$d"
        log-enabled = false
        """
            .formatted(data, port[0], port[1]);
    try {
      Files.writeString(
          data.resolve("influxdb.conf"), base + graphite.replace(":2003", ":" + port[2]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    InfluxDb started = new InfluxDb(program, data, port);
    started.server.awaitAnswer(
        "InfluxDB", START_LIMIT, () -> Http.get(started.url() + "/ping").status() == 204);
    return started;
  }

  /** {@code http://127.0.0.1:port}. */
  public String url() {
    return "http://127.0.0.1:" + port[1];
  }

  /** Where it takes lines of Graphite's, TCP. */
  public int graphitePort() {
    return port[2];
  }

  /**
   * The series of an InfluxQL query: an array of {@code name}, {@code tags}, {@code columns},
   * {@code values}.
   *
   * @throws AssertionError when the query is wrong
   */
  public JsonNode query(String database, String influxql) {
    String query = "/query?epoch=ms&db=%s&q=%s".formatted(encoded(database), encoded(influxql));
    JsonNode answer = Http.get(url() + query).json();
    JsonNode result = answer.path("results").path(0);
    if (answer.has("error") || result.has("error")) {
      throw new AssertionError(influxql + ": " + answer);
    }
    return result.path("series");
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

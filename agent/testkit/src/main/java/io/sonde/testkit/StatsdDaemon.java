// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The real statsd 0.9 on UDP, in front of a Graphite. It is the folder {@code SONDE_STATSD} (with
 * {@code stats.js} in it), else what {@code .ci/install} made. Needs Node.
 */
public final class StatsdDaemon implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final int[] port;
  private final Path folder = Places.temporaryFolder("statsd");
  private final ForkedProcess daemon;

  private StatsdDaemon(Path program, String configuration, int[] port) {
    this.port = port;
    Path file = folder.resolve("config.js");
    try {
      Files.writeString(file, configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon =
        ForkedProcess.start(
            new ProcessBuilder("node", program.resolve("stats.js").toString(), file.toString()));
  }

  /**
   * Starts one with a configuration file in which ports, addresses and the interval are these
   * instead, and returns when it is up (0.3 s).
   *
   * @param configuration as it is shipped, with {@code 8125}, {@code 8126}, {@code 2003} and {@code
   *     flushInterval: 10000} in it
   */
  public static StatsdDaemon start(String configuration, int graphitePort, Duration flush) {
    Optional<Path> program = program();
    Requires.part(
        program.isPresent(), "statsd: run .ci/install, or set SONDE_STATSD to its folder");
    int[] free = FreePort.find(2);
    String here =
        exchange(configuration, "port: 8125", "port: " + free[0]).replace("0.0.0.0", "127.0.0.1");
    here = exchange(here, "mgmt_port: 8126", "mgmt_port: " + free[1]);
    here = exchange(here, "graphitePort: 2003", "graphitePort: " + graphitePort);
    here = exchange(here, "flushInterval: 10000", "flushInterval: " + flush.toMillis());
    StatsdDaemon started = new StatsdDaemon(program.get(), here, free);
    started.awaitUp();
    return started;
  }

  /** UDP. */
  public int port() {
    return port[0];
  }

  /** Its counts about itself: {@code messages.bad_lines_seen: 0} among others. */
  public String stats() {
    return ask("stats", "END\n");
  }

  /** What its management interface says to a command, up to what it ends with. */
  private String ask(String command, String ends) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port[1]);
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      socket.setSoTimeout(5_000);
      out.write((command + "\n").getBytes(StandardCharsets.UTF_8));
      StringBuilder answer = new StringBuilder();
      while (!answer.toString().endsWith(ends)) {
        int next = in.read();
        if (next < 0) {
          break;
        }
        answer.append((char) next);
      }
      return answer.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    daemon.close();
    Places.delete(folder);
  }

  private static String exchange(String text, String old, String now) {
    if (!text.contains(old)) {
      throw new AssertionError("no " + old + " in " + text);
    }
    return text.replace(old, now);
  }

  private static Optional<Path> program() {
    return Stream.concat(
            Stream.ofNullable(System.getenv("SONDE_STATSD")).map(Path::of),
            Stream.of(Places.cache().resolve("statsd/node_modules/statsd")))
        .filter(folder -> Files.isRegularFile(folder.resolve("stats.js")))
        .findFirst();
  }

  private void awaitUp() {
    daemon.awaitAnswer("statsd", START_LIMIT, () -> ask("health", "\n").contains("up"));
  }
}

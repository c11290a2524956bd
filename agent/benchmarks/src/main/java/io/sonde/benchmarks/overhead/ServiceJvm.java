// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service in a JVM of its own, on the first core. */
final class ServiceJvm implements AutoCloseable {

  /** Of {@code /proc/PID/stat}: 100 a second on Linux. */
  private static final long MICROS_PER_TICK = 10_000;

  private static final long START_LIMIT_MILLIS = 120_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;
  private final long startMillis;

  ServiceJvm(Path jar, List<String> jvmArguments) throws Exception {
    port = freePort();
    List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC"));
    command.addAll(jvmArguments);
    command.addAll(List.of("-jar", jar.toString(), "--server.port=" + port));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    builder.redirectOutput(new File("/dev/null"));
    long start = System.nanoTime();
    process = builder.start();
    awaitFirstAnswer();
    startMillis = (System.nanoTime() - start) / 1_000_000;
  }

  int port() {
    return port;
  }

  long startMillis() {
    return startMillis;
  }

  /** User and system time of all its threads. */
  long cpuMicros() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
  }

  long residentKb() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }

  /** One of {@code /stats}'s numbers. */
  long stat(String name, boolean afterGc) throws Exception {
    Matcher matcher =
        Pattern.compile("\"" + name + "\":(\\d+)").matcher(get("/stats?gc=" + afterGc));
    matcher.find();
    return Long.parseLong(matcher.group(1));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitFirstAnswer() throws Exception {
    long limit = System.nanoTime() + START_LIMIT_MILLIS * 1_000_000;
    while (System.nanoTime() < limit && process.isAlive()) {
      try {
        get("/hello");
        return;
      } catch (IOException e) {
        Thread.sleep(5);
      }
    }
    throw new IllegalStateException("the service did not start");
  }

  private String get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

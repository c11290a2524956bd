// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** One of the two services in a JVM of its own, on the first core. It answers when this is made. */
final class ServiceJvm implements AutoCloseable {

  private static final String SPRING = "agent/benchmarks/service/target/service.jar";
  private static final String CLASSES = "agent/benchmarks/service/target/classes";
  private static final String BARE = "io.sonde.benchmarks.service.Bare";

  private static final long START_LIMIT_MILLIS = 120_000;
  private static final long POLL_MILLIS = 2;

  /** Beginnings of variables from which a JVM or an agent would read settings. */
  private static final List<String> NOT_INHERITED =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "SONDE_", "OTEL_");

  private final Process process;
  private final Thread killer;
  private final int port;
  private final int figuresPort;
  private final long startMillis;
  private final CpuTime cpu;

  private ServiceJvm(List<String> jvmArguments, List<String> program, int port, int figuresPort)
      throws IOException, InterruptedException {
    this.port = port;
    this.figuresPort = figuresPort;
    List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC"));
    // Also while it warms up on two cores.
    command.add("-XX:ActiveProcessorCount=1");
    command.addAll(jvmArguments);
    command.addAll(program);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    builder.redirectOutput(new File("/dev/null"));
    builder
        .environment()
        .keySet()
        .removeIf(name -> NOT_INHERITED.stream().anyMatch(name::startsWith));
    long start = System.nanoTime();
    process = builder.start();
    killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    awaitFirstAnswer();
    startMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    cpu = new CpuTime(process.pid());
  }

  static ServiceJvm spring(List<String> jvmArguments) throws IOException, InterruptedException {
    int port = freePort();
    int figuresPort = freePort();
    List<String> program =
        List.of("-Dbenchmark.figures.port=" + figuresPort, "-jar", SPRING, "--server.port=" + port);
    return new ServiceJvm(jvmArguments, program, port, figuresPort);
  }

  /** Has no figures. */
  static ServiceJvm bare(List<String> jvmArguments) throws IOException, InterruptedException {
    int port = freePort();
    return new ServiceJvm(
        jvmArguments, List.of("-cp", CLASSES, BARE, String.valueOf(port)), port, 0);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  /** From the process's start to its first answer. */
  long startMillis() {
    return startMillis;
  }

  CpuTime cpu() {
    return cpu;
  }

  /** From now on, all its threads. */
  void useCores(String list) throws IOException, InterruptedException {
    new ProcessBuilder("taskset", "-acp", list, String.valueOf(process.pid()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  long residentKb() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no VmRSS of " + process.pid());
  }

  Figures figures() throws IOException {
    return Figures.parse(ask('r'));
  }

  Figures figuresAfterGc() throws IOException {
    return Figures.parse(ask('g'));
  }

  /** Bytes that the living threads have allocated, by their names without numbers. */
  Map<String, Long> allocatedByGroup() throws IOException {
    String[] parts = ask('t').split(" ");
    Map<String, Long> sums = new TreeMap<>();
    for (int i = 0; i + 1 < parts.length; i += 2) {
      sums.merge(CpuTime.group(parts[i]), Long.parseLong(parts[i + 1]), Long::sum);
    }
    return sums;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // The benchmark itself is being ended; the hook has done it.
    }
  }

  private String ask(char what) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), figuresPort)) {
      socket.getOutputStream().write(what);
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      return reader.readLine();
    }
  }

  private void awaitFirstAnswer() throws IOException, InterruptedException {
    Load load = new Load(port, "/hello", 200);
    long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_LIMIT_MILLIS);
    while (process.isAlive() && System.nanoTime() - limit < 0) {
      try {
        load.once();
        return;
      } catch (IOException e) {
        Thread.sleep(POLL_MILLIS);
      }
    }
    close();
    throw new IOException("the service did not start");
  }

  /**
   * What the service knows of itself; see its {@code Figures}.
   *
   * @param allocated bytes, since it started
   * @param heap bytes in use
   * @param classes loaded since it started
   * @param collections of garbage
   */
  record Figures(long allocated, long heap, long classes, long collections) {

    static Figures parse(String line) {
      String[] parts = line.split(" ");
      return new Figures(
          Long.parseLong(parts[0]),
          Long.parseLong(parts[1]),
          Long.parseLong(parts[2]),
          Long.parseLong(parts[3]));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what agents add to a service: {@code Overhead [--pairs N] [--seconds N]}. The service
 * has the first core, the load and the sinks the second.
 */
public final class Overhead {

  private static final String NONE = "none";
  private static final String SONDE = "Sonde";
  private static final String OTEL = "OpenTelemetry";

  private final Path root;
  private final int pairs;
  private final long millis;
  private final Results results = new Results();

  private Overhead(Path root, int pairs, int seconds) {
    this.root = root;
    this.pairs = pairs;
    this.millis = seconds * 1_000L;
  }

  public static void main(String[] arguments) throws Exception {
    int pairs = argument(arguments, "--pairs", 10);
    int seconds = argument(arguments, "--seconds", 8);
    pinToSecondCore();
    new Overhead(Path.of("").toAbsolutePath(), pairs, seconds).run();
  }

  private void run() throws Exception {
    for (int pair = 0; pair < pairs; pair++) {
      List<String> order = new ArrayList<>(List.of(NONE, SONDE, OTEL));
      if (pair % 2 == 1) {
        Collections.reverse(order);
      }
      for (String variant : order) {
        System.err.printf("round %d of %d: %s …%n", pair + 1, pairs, variant);
        round(variant);
      }
      System.err.println(results.table(NONE, List.of(SONDE, OTEL)));
    }
    System.out.println(results.table(NONE, List.of(SONDE, OTEL)));
  }

  private void round(String variant) throws Exception {
    try (Sink sink = new Sink();
        ServiceJvm service =
            new ServiceJvm(
                root.resolve("agent/benchmarks/service/target/service.jar"),
                jvmArguments(variant, sink))) {
      results.add("start to first answer, ms", variant, service.startMillis());
      Map<String, Integer> spansPerRequest = new LinkedHashMap<>();
      spansPerRequest.put("/hello", 1);
      spansPerRequest.put("/chain?port=" + service.port(), 3);
      spansPerRequest.put("/boom", 1);
      for (String path : spansPerRequest.keySet()) {
        new Load(service.port(), path).run(millis);
      }
      for (Map.Entry<String, Integer> path : spansPerRequest.entrySet()) {
        measure(variant, service, sink, path.getKey(), path.getValue());
      }
      idle(variant, service);
      results.add("classes loaded", variant, service.stat("classes", false));
      results.add("heap after GC, MiB", variant, service.stat("heap", true) / 1024.0 / 1024);
      results.add("resident, MiB", variant, service.residentKb() / 1024.0);
    }
  }

  private void measure(String variant, ServiceJvm service, Sink sink, String path, int spans)
      throws Exception {
    String name = path.replaceFirst("\\?.*", "");
    Thread.sleep(2_000);
    long spansBefore = sink.spans();
    long cpu = service.cpuMicros();
    long allocated = service.stat("allocated", false);
    long requests = new Load(service.port(), path).run(millis);
    allocated = service.stat("allocated", false) - allocated;
    cpu = service.cpuMicros() - cpu;
    results.add("CPU per " + name + ", µs", variant, (double) cpu / requests);
    results.add("bytes per " + name, variant, (double) allocated / requests);
    if (!variant.equals(NONE)) {
      Thread.sleep(6_000);
      double delivered = 100.0 * (sink.spans() - spansBefore) / (requests * spans);
      results.add("spans delivered of " + name + ", %", variant, delivered);
    }
  }

  private void idle(String variant, ServiceJvm service) throws Exception {
    Thread.sleep(1_000);
    long cpu = service.cpuMicros();
    Thread.sleep(10_000);
    results.add("CPU while idle, ms/s", variant, (service.cpuMicros() - cpu) / 10_000.0);
  }

  private List<String> jvmArguments(String variant, Sink sink) {
    switch (variant) {
      case SONDE:
        return List.of(
            "-javaagent:"
                + existing("agent/dist/target/sonde-agent.jar")
                + "=service.name=bench,statsd.host=127.0.0.1,statsd.port="
                + sink.statsdPort()
                + ",zipkin.endpoint="
                + sink.endpoint()
                + ",sampling.per-second=1000000");
      case OTEL:
        List<String> arguments = new ArrayList<>();
        arguments.add(
            "-javaagent:" + existing("agent/benchmarks/target/opentelemetry-javaagent.jar"));
        arguments.add("-Dotel.service.name=bench");
        arguments.add("-Dotel.traces.exporter=zipkin");
        arguments.add("-Dotel.exporter.zipkin.endpoint=" + sink.endpoint());
        arguments.add("-Dotel.metrics.exporter=none");
        arguments.add("-Dotel.logs.exporter=none");
        arguments.add("-Dotel.instrumentation.common.default-enabled=false");
        for (String on :
            List.of("tomcat", "servlet", "spring-webmvc", "java-http-client", "executors")) {
          arguments.add("-Dotel.instrumentation." + on + ".enabled=true");
        }
        return arguments;
      default:
        return List.of();
    }
  }

  private Path existing(String path) {
    Path file = root.resolve(path);
    if (!Files.exists(file)) {
      throw new IllegalStateException(path + " is missing: run mvn -DskipTests package first");
    }
    return file;
  }

  private static void pinToSecondCore() throws Exception {
    String pid = String.valueOf(ProcessHandle.current().pid());
    new ProcessBuilder("taskset", "-acp", "1", pid)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static int argument(String[] arguments, String name, int otherwise) {
    for (int i = 0; i + 1 < arguments.length; i++) {
      if (arguments[i].equals(name)) {
        return Integer.parseInt(arguments[i + 1]);
      }
    }
    return otherwise;
  }
}

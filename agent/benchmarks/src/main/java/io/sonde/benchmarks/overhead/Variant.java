// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the service runs with. Agent jars are named from the repository's root. */
enum Variant {
  NONE("none", null),
  SONDE("Sonde", "agent/dist/target/sonde-agent.jar"),
  OTEL("OpenTelemetry", "agent/benchmarks/target/opentelemetry-javaagent.jar"),
  OTEL_DEFAULT("OpenTelemetry as it comes", OTEL.jar);

  /** All that the two programs need, and nothing else. */
  private static final List<String> OTEL_INSTRUMENTATIONS =
      List.of(
          "tomcat",
          "servlet",
          "spring-webmvc",
          "java-http-server",
          "java-http-client",
          "http-url-connection",
          "executors");

  final String title;
  final @Nullable String jar;

  Variant(String title, @Nullable String jar) {
    this.title = title;
    this.jar = jar;
  }

  /** Every request a span, all spans to the sink. */
  List<String> jvmArguments(Sink sink, int healthPort, String settings) {
    return switch (this) {
      case NONE -> List.of();
      case SONDE -> sonde(sink, healthPort, settings);
      case OTEL -> lean(sink);
      case OTEL_DEFAULT -> asItComes(sink);
    };
  }

  private List<String> sonde(Sink sink, int healthPort, String settings) {
    return List.of(
        "-javaagent:"
            + jar
            + "=service.name=bench,statsd.host=127.0.0.1,statsd.port="
            + sink.statsdPort()
            + ",zipkin.endpoint="
            + sink.endpoint()
            + ",sampling.per-second=1000000,console.token=none,health.port="
            + healthPort
            + ","
            + settings);
  }

  private List<String> otel(Sink sink) {
    List<String> arguments = new ArrayList<>();
    arguments.add("-javaagent:" + jar);
    arguments.add("-Dotel.service.name=bench");
    arguments.add("-Dotel.traces.exporter=zipkin");
    arguments.add("-Dotel.exporter.zipkin.endpoint=" + sink.endpoint());
    // Its 5 s would let the benchmark take the last spans for lost.
    arguments.add("-Dotel.bsp.schedule.delay=500");
    arguments.add("-Dotel.logs.exporter=none");
    return arguments;
  }

  /** All its instrumentations, and metrics once a minute. */
  private List<String> asItComes(Sink sink) {
    List<String> arguments = otel(sink);
    arguments.add("-Dotel.exporter.otlp.protocol=http/protobuf");
    arguments.add("-Dotel.exporter.otlp.endpoint=" + sink.base());
    return arguments;
  }

  /** Spans only. */
  private List<String> lean(Sink sink) {
    List<String> arguments = otel(sink);
    arguments.add("-Dotel.metrics.exporter=none");
    arguments.add("-Dotel.instrumentation.common.default-enabled=false");
    for (String on : OTEL_INSTRUMENTATIONS) {
      arguments.add("-Dotel.instrumentation." + on + ".enabled=true");
    }
    return arguments;
  }
}

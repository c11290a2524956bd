// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.AgentProcess;
import io.sonde.testkit.Http;
import io.sonde.testkit.Jdk;
import io.sonde.testkit.JsonLinesSink;
import io.sonde.testkit.StatsdSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scenario in a JVM of its own, with the shipped agent, and a statsd, a Logstash and a Zipkin of
 * its own beside it. Named {@code shop}, instance {@code one}.
 */
final class ObservedApp implements AutoCloseable {

  /** Of whatever is waited for. Generous: two JVMs share two cores with whatever else runs. */
  static final Duration LIMIT = Duration.ofSeconds(20);

  /**
   * Of a start; no starved machine is to become a verdict. A JVM that has ended is not waited for.
   */
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  static final String TRACE = "463ac35c9f6413ad48485a3953bb6124";
  static final String CALLER = "a2fb4a1d1a96d312";

  private static final String MAIN = "com.example.Scenario";
  private static final String LISTENING = "listening on";
  private static final Pattern HEALTH = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/health");

  private final Library library;
  private final StatsdSink statsd = StatsdSink.start();
  private final JsonLinesSink logs = JsonLinesSink.start();
  private final ZipkinSink zipkin = new ZipkinSink();
  private final AgentProcess process;

  ObservedApp(Library library, Jdk jdk, String classpath, String... arguments) {
    this.library = library;
    this.process =
        AgentProcess.on(jdk)
            .agent(settings())
            .jvm(flags(jdk))
            .classpath(classpath)
            .main(MAIN, arguments)
            .start();
  }

  /** The same application by itself. */
  boolean startsWithoutAgent(Jdk jdk, String classpath, String... arguments) {
    AgentProcess.Launch launch =
        AgentProcess.on(jdk).noAgent().jvm(flags(jdk)).classpath(classpath).main(MAIN, arguments);
    try (AgentProcess bare = launch.start()) {
      bare.awaitStdout(LISTENING, START_LIMIT);
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }

  Library library() {
    return library;
  }

  StatsdSink statsd() {
    return statsd;
  }

  JsonLinesSink logs() {
    return logs;
  }

  ZipkinSink zipkin() {
    return zipkin;
  }

  AgentProcess process() {
    return process;
  }

  String url() {
    String line = process.awaitStdout(LISTENING, START_LIMIT);
    return "http://127.0.0.1:" + line.substring(line.lastIndexOf(' ') + 1);
  }

  String healthUrl() {
    Matcher address = HEALTH.matcher(process.awaitStderr("/health", START_LIMIT));
    assertThat(address.find()).isTrue();
    return address.group();
  }

  Http.Response get(String path, String... headers) {
    return Http.get(url() + path, headers);
  }

  /** {@code /sonde/status}. */
  JsonNode status() {
    return Http.get(healthUrl().replace("/health", "/sonde/status")).json();
  }

  /** The check of a client's connections, by the beginning of its name: an address may follow. */
  JsonNode connections(String client) {
    JsonNode checks = Http.get(healthUrl()).json().path("checks");
    for (var names = checks.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (name.startsWith(client) && name.endsWith(":connections")) {
        return checks.path(name).path(0);
      }
    }
    throw new AssertionError("nothing of it in " + checks);
  }

  /** What was refused of the library, the first missing symbol with it; empty: nothing. */
  List<String> refused() {
    List<String> refused = new ArrayList<>();
    for (JsonNode row : status().path("instrumentations")) {
      if (!List.of("applied", "untouched").contains(row.path("outcome").asText())) {
        refused.add("%s: %s".formatted(row.path("class").asText(), row.path("reason").asText()));
      }
    }
    return refused;
  }

  static String metric(String rest) {
    return "sonde.shop.one." + rest;
  }

  /** Exactly {@code sum}, at once or soon. */
  void awaitCounter(String rest, double sum) {
    statsd.awaitCounter(metric(rest), sum, LIMIT);
  }

  JsonNode awaitAccess(String path) {
    return logs.awaitLine(event -> event.path("url.path").asText().equals(path), LIMIT);
  }

  @Override
  public void close() {
    process.close();
    statsd.close();
    logs.close();
    zipkin.close();
  }

  private String settings() {
    return String.join(
        ",",
        "service.name=shop",
        "service.instance=one",
        "health.port=0",
        "health.pool.held-after=1s",
        "console.token=none",
        "statsd.interval=200ms",
        "statsd.host=127.0.0.1",
        "statsd.port=" + statsd.port(),
        "logs.logstash=" + logs.address(),
        "zipkin.endpoint=" + zipkin.endpoint());
  }

  private String[] flags(Jdk jdk) {
    List<String> flags =
        new ArrayList<>(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    if (jdk.version() >= 17) {
      flags.addAll(library.jvm());
    }
    return flags.toArray(String[]::new);
  }
}

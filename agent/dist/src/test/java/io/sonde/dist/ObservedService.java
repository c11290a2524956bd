// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.AgentProcess;
import io.sonde.testkit.Http;
import io.sonde.testkit.JsonLinesSink;
import io.sonde.testkit.StatsdSink;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An application with the agent, and a statsd and a Logstash of its own beside it. Named {@code
 * shop}, instance {@code one}, {@code /health} on a free port, statsd flushed every 200 ms.
 */
final class ObservedService implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(30);

  private static final String TOKEN = "of-this-test";
  private static final Pattern HEALTH = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/health");

  private final StatsdSink statsd;
  private final JsonLinesSink logs;
  private final AgentProcess process;
  private final String url;
  private final String healthUrl;

  private ObservedService(StatsdSink statsd, JsonLinesSink logs, AgentProcess process) {
    this.statsd = statsd;
    this.logs = logs;
    this.process = process;
    this.url = "http://127.0.0.1:" + lastWord(process.awaitStdout("listening on", LIMIT));
    this.healthUrl = healthUrl(process);
  }

  static ObservedService start(AgentProcess.Launch application, String... settings) {
    StatsdSink statsd = StatsdSink.start();
    JsonLinesSink logs = JsonLinesSink.start();
    String argument =
        "service.name=shop,service.instance=one,health.port=0,statsd.interval=200ms"
            + ",console.token="
            + TOKEN
            + ",statsd.host=127.0.0.1,statsd.port="
            + statsd.port()
            + ",logs.logstash="
            + logs.address();
    for (String setting : settings) {
      argument += "," + setting;
    }
    AgentProcess process = application.agent(argument).start();
    try {
      return new ObservedService(statsd, logs, process);
    } catch (AssertionError e) {
      process.close();
      statsd.close();
      logs.close();
      throw e;
    }
  }

  /** The address in the start-up line. */
  static String healthUrl(AgentProcess process) {
    Matcher address = HEALTH.matcher(process.awaitStderr("/health", LIMIT));
    if (!address.find()) {
      throw new AssertionError("no address of /health in " + process.stderrLines());
    }
    return address.group();
  }

  StatsdSink statsd() {
    return statsd;
  }

  JsonLinesSink logs() {
    return logs;
  }

  AgentProcess process() {
    return process;
  }

  /** {@code http://127.0.0.1:port}. */
  String url() {
    return url;
  }

  Http.Response get(String path, String... headers) {
    return Http.get(url + path, headers);
  }

  String healthUrl() {
    return healthUrl;
  }

  JsonNode health() {
    return Http.get(healthUrl).json();
  }

  /** The first result of one check. */
  JsonNode check(String key) {
    return health().path("checks").path(key).path(0);
  }

  JsonNode status() {
    return Http.get(statusUrl(), "Authorization", "Bearer " + TOKEN).json();
  }

  String statusUrl() {
    return healthUrl.replace("/health", "/sonde/status");
  }

  /** {@code sonde.shop.one.…}. */
  static String metric(String rest) {
    return "sonde.shop.one." + rest;
  }

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
  }

  private static String lastWord(String line) {
    return line.substring(line.lastIndexOf(' ') + 1);
  }
}

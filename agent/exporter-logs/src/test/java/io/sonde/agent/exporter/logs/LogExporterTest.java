// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.AgentThreads;
import io.sonde.agent.recording.FinishedExchange;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.LogEvent;
import io.sonde.agent.recording.LogLevels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which events become lines, and what the process notices of it. */
final class LogExporterTest {

  @TempDir Path directory;

  private final Ledger ledger = new Ledger();

  @Test
  void writesOneAccessEventForAServerExchangeAndNoneForAClientOrAProbe() throws IOException {
    List<String> messages =
        written(
            config(),
            exporter -> {
              exporter.exchange(FinishedExchange.server().get());
              exporter.exchange(FinishedExchange.client().get());
              exporter.exchange(FinishedExchange.server().probe().get());
            });

    assertThat(messages).containsExactly("GET /users/7 200 12 ms");
    assertThat(Samples.account(ledger, "access", "file").taken()).isEqualTo(1);
  }

  @Test
  void writesOnlyFailuresWhenAccessIsErrors() throws IOException {
    List<String> messages =
        written(
            config().access(AccessSampler.from(AccessSampler.Mode.ERRORS)),
            exporter -> {
              exporter.exchange(FinishedExchange.server().status(399).get());
              exporter.exchange(FinishedExchange.server().status(400).get());
              exporter.exchange(FinishedExchange.server().status(0).get());
              exporter.exchange(FinishedExchange.server().thrown(new Error()).get());
            });

    assertThat(messages)
        .containsExactly(
            "GET /users/7 400 12 ms", "GET /users/7 - 12 ms", "GET /users/7 200 12 ms");
  }

  @Test
  void writesNoAccessEventWhenOff() throws IOException {
    List<String> messages =
        written(
            config().access(AccessSampler.from(AccessSampler.Mode.OFF)),
            exporter -> exporter.exchange(FinishedExchange.server().status(500).get()));

    assertThat(messages).isEmpty();
  }

  @Test
  void tellsTheShareOfASampleAndCountsWhatIsLeftOutAsNoLoss() throws IOException {
    List<String> lines =
        lines(
            config().access(AccessSampler.from(AccessSampler.Mode.ALL, 0.25, Map.of(), 50_000_000)),
            exporter -> {
              for (int id = 1; id <= 1_000; id++) {
                exporter.exchange(FinishedExchange.server().traceId(id).get());
              }
              exporter.exchange(FinishedExchange.server().probe().get());
              exporter.exchange(FinishedExchange.server().status(503).get());
              exporter.exchange(FinishedExchange.server().took(50).get());
            });

    List<JsonNode> sampled =
        lines.stream().map(Samples::parse).filter(line -> line.has("labels.sample_rate")).toList();
    assertThat(sampled)
        .hasSizeBetween(200, 300)
        .allMatch(line -> line.get("labels.sample_rate").isDouble())
        .allMatch(line -> line.get("labels.sample_rate").asDouble() == 0.25);
    assertThat(lines.subList(sampled.size(), lines.size()))
        .extracting(line -> Samples.parse(line).path("labels.slow").asText())
        .containsExactly("", "true");
    Ledger.Account account = Samples.account(ledger, "access", "file");
    assertThat(account.sampledOut()).isEqualTo(1_002 - lines.size());
    assertThat(account.taken()).isEqualTo(lines.size());
    assertThat(account.dropped()).isZero();
  }

  @Test
  void anotherShareCountsFromTheNextRequestOn() throws IOException {
    List<String> messages =
        written(
            config().access(AccessSampler.from(AccessSampler.Mode.OFF)),
            exporter -> {
              exporter.exchange(FinishedExchange.server().status(500).get());
              exporter.access(AccessSampler.from(AccessSampler.Mode.ALL));
              exporter.exchange(FinishedExchange.server().get());
            });

    assertThat(messages).containsExactly("GET /users/7 200 12 ms");
    assertThat(Samples.account(ledger, "access", "file").sampledOut()).isZero();
  }

  @Test
  void writesAtMost256DifferentLabelsAndTellsItOnce() throws IOException {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    AgentLog.to(new PrintStream(told, true));

    List<String> lines =
        lines(
            config(),
            exporter -> {
              for (int i = 0; i < 300; i++) {
                exporter.log(Samples.log("m", null, Map.of("tenant", "7", "key" + i, "v"), null));
              }
            });

    AgentLog.to(null);
    Set<String> names =
        lines.stream()
            .flatMap(line -> Samples.names(Samples.parse(line)).stream())
            .filter(name -> name.startsWith("labels.") && !name.equals("labels.truncated"))
            .collect(Collectors.toSet());
    assertThat(names).hasSize(LabelNames.MAX).contains("labels.tenant", "labels.key0");
    assertThat(lines)
        .filteredOn(line -> line.contains("\"labels.truncated\":\"true\""))
        .hasSize(45)
        .allMatch(line -> line.contains("\"labels.tenant\":\"7\""));
    assertThat(Samples.account(ledger, "logs", "file").cut()).isEqualTo(45);
    assertThat(told.toString())
        .hasLineCount(1)
        .contains("lines of logs have more than 256 different labels");
  }

  @Test
  void leavesOutWhatIsBelowTheLevel() throws IOException {
    List<String> messages =
        written(
            config().levels(LogLevels.from(4)),
            exporter -> {
              exporter.log(event(3, "info"));
              exporter.log(event(4, "warn"));
              exporter.log(event(5, "error"));
            });

    assertThat(messages).containsExactly("warn", "error");
  }

  @Test
  void writesErrorsWithAnAccountOfTheirOwn() throws IOException {
    List<String> messages =
        written(config(), exporter -> exporter.error(Samples.error(new Error("x"), null)));

    assertThat(messages).containsExactly("java.lang.Error: x");
    assertThat(Samples.account(ledger, "errors", "file").sent()).isEqualTo(1);
    assertThat(Samples.account(ledger, "logs", "file").taken()).isZero();
  }

  /** In a group of its own, since other tests' servers start threads whenever they please. */
  @Test
  void startsOnlyMarkedThreadsAndNoneIsLeftAfterClosing() throws Exception {
    ThreadGroup own = new ThreadGroup("own");
    Set<Thread> before = threads(AgentThreads.GROUP);
    try (FakeLogstash logstash = FakeLogstash.listening()) {
      LogExporter exporter =
          in(own, () -> Samples.exporter(config().logstash(logstash.address()), ledger));
      exporter.log(event(4, "m"));
      Samples.await("sent", () -> logstash.lines().size() == 1);

      Set<Thread> started = threads(AgentThreads.GROUP, own);
      started.removeAll(before);
      assertThat(started).allMatch(t -> t.getThreadGroup() == AgentThreads.GROUP);
      assertThat(started).allMatch(Thread::isDaemon).allMatch(t -> loader(t) == null);
      assertThat(started)
          .extracting(Thread::getName)
          .containsExactlyInAnyOrder("sonde-logs-logstash", "sonde-logs-file");
      Samples.close(exporter, Duration.ofSeconds(2));
      Samples.await("threads end", () -> started.stream().noneMatch(Thread::isAlive));
    }
  }

  @Test
  void aDeadLogstashCostsTheFileNothing() throws IOException {
    LogConfig.Builder both = config().logstash("127.0.0.1:" + FakeLogstash.freePort());

    List<String> messages =
        written(
            both,
            exporter -> {
              for (int i = 0; i < 100; i++) {
                exporter.log(event(4, "n" + i));
              }
            });

    assertThat(messages).hasSize(100);
    assertThat(Samples.account(ledger, "logs", "logstash").dropped()).isEqualTo(100);
    assertThat(Samples.balances(ledger)).isTrue();
  }

  @Test
  void refusesAddressesItCannotReadAndSaysWhatIsExpected() {
    for (String bad : List.of("logstash", "host:0", "host:65536", "host:x", ":5000", "::1:5000")) {
      assertThatThrownBy(() -> LogConfig.builder().logstash(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(bad);
    }
    assertThat(LogConfig.builder().logstash("a:1, [::1]:5000 ,").build().logstash())
        .hasToString("[a:1, [::1]:5000]");
  }

  private LogConfig.Builder config() {
    return LogConfig.builder().file(directory.resolve("app.json").toString());
  }

  private List<String> written(LogConfig.Builder config, Consumer<LogExporter> calls)
      throws IOException {
    return Samples.messages(lines(config, calls));
  }

  private List<String> lines(LogConfig.Builder config, Consumer<LogExporter> calls)
      throws IOException {
    LogExporter exporter = Samples.exporter(config, ledger);
    calls.accept(exporter);
    Samples.close(exporter, Duration.ofSeconds(5));
    return Files.readAllLines(directory.resolve("app.json"));
  }

  private static LogEvent event(int level, String message) {
    return new LogEvent(level, 0, "a", message, "t", null, Map.of(), null);
  }

  private static <T> T in(ThreadGroup group, Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    new Thread(group, task, "caller").start();
    return task.get();
  }

  private static Set<Thread> threads(ThreadGroup... groups) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> Arrays.asList(groups).contains(t.getThreadGroup())) // null: it has ended
        .filter(t -> !t.getName().equals("caller"))
        .collect(Collectors.toSet());
  }

  private static ClassLoader loader(Thread thread) {
    return thread.getContextClassLoader();
  }
}

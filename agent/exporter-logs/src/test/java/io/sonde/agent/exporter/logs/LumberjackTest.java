// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.Ledger;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines to somebody else's server of the Beats protocol. */
final class LumberjackTest {

  @TempDir Path folder;

  private final Ledger ledger = new Ledger();

  @BeforeEach
  void keepQuiet() {
    AgentLog.to(new PrintStream(new ByteArrayOutputStream(), true));
  }

  @AfterEach
  void speakAgain() {
    AgentLog.to(null);
  }

  @Test
  void deliversEachLineOnceAndInOrderAndCountsItAsAcknowledged() throws Exception {
    try (CamelBeats server = CamelBeats.start()) {
      LogExporter exporter = exporterTo(server.address());

      log(exporter, 0, 3_000);
      Samples.close(exporter, Duration.ofSeconds(10));

      assertThat(server.messages()).isEqualTo(numbers(0, 3_000));
      assertThat(logs().acked()).isEqualTo(3_000);
      assertThat(logs().sent()).isZero();
      assertThat(Samples.balances(ledger)).isTrue();
    }
  }

  @Test
  void losesNothingWhenTheServerStopsAndComesBack() throws Exception {
    try (CamelBeats server = CamelBeats.start()) {
      LogExporter exporter = exporterTo(server.address());
      log(exporter, 0, 100);
      Samples.await("the first", () -> logs().acked() == 100);

      server.stop();
      log(exporter, 100, 2_000);
      Samples.await("down", () -> logs().state().startsWith("down: "));
      server.restart();

      Samples.await("all", () -> logs().acked() == 2_000);
      assertThat(server.messages()).containsAll(numbers(0, 2_000));
      assertThat(logs().dropped()).isZero();
      assertThat(logs().state()).isEqualTo("up");
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void sendsAgainWhatTheServerFailedOn() throws Exception {
    try (CamelBeats server = CamelBeats.start()) {
      server.failsNext(2);
      LogExporter exporter = exporterTo(server.address());
      log(exporter, 0, 50);

      Samples.await("all", () -> logs().acked() == 50);

      assertThat(server.messages()).containsAll(numbers(0, 50));
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void goesToTheNextAddressWhenTheFirstDoesNotAnswer() throws Exception {
    try (CamelBeats server = CamelBeats.start()) {
      LogExporter exporter =
          exporterTo("127.0.0.1:" + FakeLogstash.freePort() + "," + server.address());
      log(exporter, 0, 1);

      Samples.await("acked", () -> logs().acked() == 1);

      assertThat(server.messages()).containsExactly("n0");
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void deliversOverTls() throws Exception {
    TestKeys keys = TestKeys.make(folder, "server");
    try (CamelBeats server = CamelBeats.startTls(keys.server())) {
      LogExporter exporter =
          Samples.exporter(
              LogConfig.builder()
                  .lumberjack("localhost:" + server.port())
                  .tls(true)
                  .truststore(keys.store().toString(), TestKeys.PASSWORD),
              ledger);
      log(exporter, 0, 500);

      Samples.await("all", () -> logs().acked() == 500);

      assertThat(server.messages()).isEqualTo(numbers(0, 500));
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void sendsNothingOverTlsToAHostThatIsNotTheCertificates() throws Exception {
    TestKeys keys = TestKeys.make(folder, "server");
    try (CamelBeats server = CamelBeats.startTls(keys.server())) {
      LogExporter exporter =
          Samples.exporter(
              LogConfig.builder()
                  .lumberjack(server.address())
                  .tls(true)
                  .truststore(keys.store().toString(), TestKeys.PASSWORD),
              ledger);
      log(exporter, 0, 1);

      Samples.await("refused", () -> logs().state().contains("No subject alternative names"));

      Samples.close(exporter, Duration.ofMillis(500));
      assertThat(server.messages()).isEmpty();
      assertThat(logs().droppedByReason()).containsEntry("shutdown", 1L);
    }
  }

  private LogExporter exporterTo(String addresses) {
    return Samples.exporter(LogConfig.builder().lumberjack(addresses), ledger);
  }

  private static void log(LogExporter exporter, int from, int to) {
    for (int i = from; i < to; i++) {
      exporter.log(Samples.log("n" + i));
    }
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "n" + i).toList();
  }

  private Ledger.Account logs() {
    return Samples.account(ledger, "logs", "lumberjack");
  }
}

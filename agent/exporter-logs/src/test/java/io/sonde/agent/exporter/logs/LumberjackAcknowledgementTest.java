// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.Ledger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of lines whatever a server of Lumberjack acknowledges. */
final class LumberjackAcknowledgementTest {

  private final Ledger ledger = new Ledger();

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    // Else what was told once, by another test, would not be told again.
    AgentLog.level(AgentLog.Level.DEBUG);
    AgentLog.to(new PrintStream(told, true));
  }

  @AfterEach
  void speakAgain() {
    AgentLog.to(null);
    AgentLog.level(AgentLog.Level.INFO);
  }

  @Test
  void waitsOnWhileTheServerShowsSignsOfLife() throws IOException {
    try (FakeBeats server = FakeBeats.listening().answers(0, 0, 2, 1, 4)) {
      LogExporter exporter = burst(server, 4);

      Samples.await("all", () -> logs().acked() == 4);

      assertThat(server.windows()).hasSize(1);
      assertThat(Samples.messages(server.windows().get(0))).isEqualTo(numbers(0, 4));
      assertThat(server.errors()).isEmpty();
      Samples.close(exporter, Duration.ofSeconds(1));
      assertThat(Samples.balances(ledger)).isTrue();
    }
  }

  @Test
  void sendsAgainOnlyWhatWasNotAcknowledged() throws IOException {
    try (FakeBeats server = FakeBeats.listening().answers(3, FakeBeats.HANG_UP)) {
      LogExporter exporter = burst(server, 5);

      Samples.await("all", () -> logs().acked() == 5);

      assertThat(Samples.messages(server.windows().get(1))).isEqualTo(numbers(3, 5));
      assertThat(server.connections()).isEqualTo(2);
      assertThat(server.errors()).isEmpty();
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void trustsNoServerThatAcknowledgesMoreThanThereWas() throws IOException {
    try (FakeBeats server = FakeBeats.listening().answers(6)) {
      LogExporter exporter = burst(server, 5);

      Samples.await("all", () -> logs().acked() == 5);

      assertThat(server.windows()).hasSize(2);
      assertThat(server.connections()).isEqualTo(2);
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void goesOnAfterTheServerHasClosedAnIdleConnection() throws IOException {
    try (FakeBeats server = FakeBeats.listening()) {
      LogExporter exporter = burst(server, 1);
      Samples.await("the first", () -> logs().acked() == 1);

      server.hangUp();
      exporter.log(Samples.log("n1"));

      Samples.await("the second", () -> logs().acked() == 2);
      assertThat(told.toString()).isEmpty();
      assertThat(server.windows()).hasSize(2);
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void countsWhatIsNotAcknowledgedInTheEndAsLost() throws IOException {
    try (FakeBeats server = FakeBeats.listening().answers(2)) {
      LogExporter exporter = burst(server, 5);
      Samples.await("two", () -> logs().acked() == 2);

      long begin = System.nanoTime();
      Samples.close(exporter, Duration.ofMillis(500));

      assertThat(System.nanoTime() - begin).isLessThan(Duration.ofMillis(900).toNanos());
      assertThat(logs().droppedByReason()).containsEntry("shutdown", 3L);
      assertThat(Samples.balances(ledger)).isTrue();
    }
  }

  /** Lines that wait already when the destination's thread begins, and so go out together. */
  private LogExporter burst(FakeBeats server, int lines) {
    LogExporter exporter =
        new LogExporter(
            LogConfig.builder().lumberjack(server.address()).build(),
            Samples.SHOP,
            Samples.MASK,
            Samples.MESSAGES,
            ledger);
    for (int i = 0; i < lines; i++) {
      exporter.log(Samples.log("n" + i));
    }
    exporter.start();
    return exporter;
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "n" + i).toList();
  }

  private Ledger.Account logs() {
    return Samples.account(ledger, "logs", "lumberjack");
  }
}

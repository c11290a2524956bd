// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.FinishedExchange;
import io.sonde.agent.recording.Ledger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of lines over real sockets, whatever Logstash does. */
final class LogstashDeliveryTest {

  private final Ledger ledger = new Ledger();

  @BeforeEach
  void keepQuiet() {
    AgentLog.to(new PrintStream(new ByteArrayOutputStream(), true));
  }

  @AfterEach
  void speakAgain() {
    AgentLog.to(null);
    AgentLog.level(AgentLog.Level.INFO);
  }

  @Test
  void deliversEachLineOnceAndInOrder() throws IOException {
    try (FakeLogstash logstash = FakeLogstash.listening()) {
      LogExporter exporter = exporterTo(logstash.address());

      log(exporter, 0, 1_000);
      Samples.close(exporter, Duration.ofSeconds(5));

      Samples.await("all lines", () -> logstash.lines().size() >= 1_000);
      assertThat(Samples.messages(logstash.lines())).isEqualTo(numbers(0, 1_000));
      assertThat(logs().sent()).isEqualTo(1_000);
      assertThat(Samples.balances(ledger)).isTrue();
    }
  }

  @Test
  void deliversTheBacklogInOrderWhenLogstashAppears() throws IOException {
    int port = FakeLogstash.freePort();
    LogExporter exporter = exporterTo("127.0.0.1:" + port);
    log(exporter, 0, 2_000);
    Samples.await("down", () -> logs().state().startsWith("down: "));
    assertThat(logs().queued()).isEqualTo(2_000);

    try (FakeLogstash logstash = FakeLogstash.listening(port)) {
      Samples.await("the backlog", () -> logstash.lines().size() >= 2_000);

      assertThat(Samples.messages(logstash.lines())).isEqualTo(numbers(0, 2_000));
      Samples.await("sent", () -> logs().sent() == 2_000);
      assertThat(logs().state()).isEqualTo("up");
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void losesNothingSilentlyWhenConnectionsAreReset() throws IOException {
    try (FakeLogstash logstash = FakeLogstash.listening().resetsAfter(2_000)) {
      LogExporter exporter = exporterTo(logstash.address());

      log(exporter, 0, 5_000);
      Samples.await("nothing waits", () -> logs().queued() == 0);
      Samples.await("arrived or dropped", () -> arrived(logstash) + logs().dropped() >= 5_000);
      Samples.close(exporter, Duration.ofSeconds(5));

      assertThat(logstash.connections()).isGreaterThan(2);
      assertThat(arrived(logstash) + logs().dropped()).isEqualTo(logs().taken()).isEqualTo(5_000);
      assertThat(Samples.balances(ledger)).isTrue();
    }
  }

  @Test
  void countsLinesAsLostWhenNoConnectionLastsLongEnoughForThem() throws IOException {
    try (FakeLogstash logstash = FakeLogstash.listening().resetsAfter(0)) {
      LogExporter exporter = exporterTo(logstash.address());
      log(exporter, 0, 10);

      Samples.await("given up", () -> logs().dropped() == 10);

      assertThat(logs().droppedByReason()).containsOnlyKeys("connection lost");
      assertThat(Samples.balances(ledger)).isTrue();
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void goesOnAfterLogstashHasClosedAnIdleConnection() throws IOException {
    try (FakeLogstash logstash = FakeLogstash.listening()) {
      LogExporter exporter = exporterTo(logstash.address());
      log(exporter, 0, 1);
      Samples.await("the first", () -> arrived(logstash) == 1);

      logstash.hangUp();
      log(exporter, 1, 2);

      Samples.await("the second", () -> arrived(logstash) == 2);
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void failsOverToTheNextAddress() throws IOException {
    try (FakeLogstash first = FakeLogstash.listening();
        FakeLogstash second = FakeLogstash.listening()) {
      LogExporter exporter = exporterTo(first.address() + "," + second.address());
      log(exporter, 0, 10);
      Samples.await("all at the first", () -> arrived(first) == 10);

      first.stop();
      log(exporter, 10, 20);

      Samples.await("the rest at the second", () -> arrived(second) >= 10);
      assertThat(Samples.messages(second.lines())).containsAll(numbers(10, 20));
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void sharesLinesOutByTurnsAndGivesTheShareOfOneThatIsGoneToTheOthers() throws IOException {
    try (FakeLogstash first = FakeLogstash.listening();
        FakeLogstash second = FakeLogstash.listening()) {
      LogExporter exporter =
          Samples.exporter(
              LogConfig.builder().logstash(first.address() + "," + second.address()).byTurns(true),
              ledger);

      log(exporter, 0, 4_000);
      Samples.await("all", () -> arrived(first) + arrived(second) >= 4_000);
      assertThat(arrived(first)).isBetween(1_000L, 3_000L);
      assertThat(logs().state()).isEqualTo("up");
      first.stop();
      log(exporter, 4_000, 4_500);

      Samples.await(
          "the rest at the second",
          () -> Samples.messages(second.lines()).containsAll(numbers(4_000, 4_500)));
      Samples.await("told", () -> logs().state().equals("up: 1 of 2"));
      Samples.close(exporter, Duration.ofSeconds(1));
      assertThat(Samples.balances(ledger)).isTrue();
    }
  }

  @Test
  void comesBackToOneThatWasGoneWhenItIsItsTurn() throws IOException {
    int port = FakeLogstash.freePort();
    try (FakeLogstash first = FakeLogstash.listening()) {
      LogExporter exporter =
          Samples.exporter(
              LogConfig.builder().logstash(first.address() + ",127.0.0.1:" + port).byTurns(true),
              ledger);
      log(exporter, 0, 100);
      Samples.await("all at the one", () -> arrived(first) == 100);

      try (FakeLogstash second = FakeLogstash.listening(port)) {
        Samples.await("both", () -> logs().state().equals("up"));
        log(exporter, 100, 1_000);

        Samples.await("all", () -> arrived(first) + arrived(second) >= 1_000);
        assertThat(arrived(second)).isPositive();
        Samples.close(exporter, Duration.ofSeconds(1));
      }
    }
  }

  @Test
  void neverBlocksTheCallerAndCountsWhatIsLostWhenNobodyReads() throws IOException {
    try (FakeLogstash logstash = FakeLogstash.listening().neverReads()) {
      LogExporter exporter = exporterTo(logstash.address());

      long begin = System.nanoTime();
      log(exporter, 0, 100_000);
      long micros = (System.nanoTime() - begin) / 1_000;

      assertThat(micros / 100_000).as("µs per line offered").isLessThan(50);
      assertThat(logs().taken()).isEqualTo(100_000);
      assertThat(logs().dropped()).isGreaterThan(50_000);
      Samples.await(
          "the stall is told",
          () -> {
            exporter.tick(System.nanoTime());
            return logs().state().startsWith("down: does not read since ");
          });

      long closing = System.nanoTime();
      Samples.close(exporter, Duration.ofMillis(500));
      assertThat(System.nanoTime() - closing).isLessThan(Duration.ofMillis(900).toNanos());
      assertThat(logs().droppedByReason()).containsKeys("shed", "shutdown");
      assertThat(logs().queued()).isZero();
      assertThat(Samples.balances(ledger)).isTrue();
    }
  }

  @Test
  void shedsAccessEventsBeforeLogEventsAndErrorsNever() throws IOException {
    LogExporter exporter = exporterTo("127.0.0.1:" + FakeLogstash.freePort());

    for (int i = 0; i < 5_000; i++) {
      exporter.exchange(FinishedExchange.server().get());
    }
    log(exporter, 0, 5_000);
    for (int i = 0; i < 10; i++) {
      exporter.error(Samples.error(new Error("e"), null));
    }

    assertThat(account("access").droppedByReason()).containsOnlyKeys("shed");
    assertThat(account("access").queued()).isBetween(4_000L, 4_400L);
    assertThat(logs().droppedByReason()).containsOnlyKeys("shed");
    assertThat(logs().queued()).isGreaterThan(2_000);
    assertThat(account("errors").dropped()).isZero();
    Samples.close(exporter, Duration.ofMillis(200));
    assertThat(Samples.balances(ledger)).isTrue();
  }

  @Test
  void boundsTheHeapThatWaitsAndNotOnlyTheLines() throws IOException {
    LogExporter exporter = exporterTo("127.0.0.1:" + FakeLogstash.freePort());
    String megabyte = "x".repeat(1 << 20);

    for (int i = 0; i < 100; i++) {
      exporter.log(Samples.log(megabyte));
    }

    assertThat(logs().queued()).isLessThan(5);
    assertThat(logs().dropped()).isGreaterThan(95);
    Samples.close(exporter, Duration.ofMillis(200));
  }

  @Test
  void closesWithinTheDeadlineWhenNobodyListens() throws IOException {
    LogExporter exporter = exporterTo("127.0.0.1:" + FakeLogstash.freePort());
    log(exporter, 0, 500);

    long begin = System.nanoTime();
    Samples.close(exporter, Duration.ofSeconds(2));

    assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(2).toNanos());
    assertThat(logs().droppedByReason())
        .containsOnlyKeys("shutdown")
        .containsEntry("shutdown", 500L);
    assertThat(Samples.balances(ledger)).isTrue();
  }

  @Test
  void countsWhatComesAfterClosing() throws IOException {
    LogExporter exporter = exporterTo("127.0.0.1:" + FakeLogstash.freePort());
    Samples.close(exporter, Duration.ofMillis(200));

    log(exporter, 0, 3);

    assertThat(logs().droppedByReason()).containsEntry("shutdown", 3L);
    assertThat(Samples.balances(ledger)).isTrue();
  }

  @Test
  void doesNotHammerWhatAcceptsOnlyToClose() throws IOException, InterruptedException {
    try (FakeLogstash logstash = FakeLogstash.listening().closesAtOnce()) {
      LogExporter exporter = exporterTo(logstash.address());
      log(exporter, 0, 10);

      Thread.sleep(1_500);

      assertThat(logstash.connections()).isBetween(2, 6);
      Samples.close(exporter, Duration.ofMillis(300));
      assertThat(Samples.balances(ledger)).isTrue();
    }
  }

  @Test
  void tellsAnUnknownHostAndWaits() {
    LogExporter exporter = exporterTo("no-such-host.invalid:5000");
    log(exporter, 0, 1);

    Samples.await("told", () -> logs().state().contains("unknown host no-such-host.invalid"));

    assertThat(logs().queued()).isEqualTo(1);
    Samples.close(exporter, Duration.ofMillis(300));
  }

  @Test
  void whatWaitsOnDiskIsSentByTheNextProcessInItsOrder(@TempDir Path folder) throws IOException {
    int port = FakeLogstash.freePort();
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    AgentLog.level(AgentLog.Level.DEBUG);
    AgentLog.to(new PrintStream(told, true));
    LogExporter first = spooling(port, folder, ledger);
    log(first, 0, 5_000);
    Samples.close(first, Duration.ofSeconds(5));
    assertThat(told.toString()).contains("MB wait in " + folder + ", more are dropped");
    assertThat(logs().spooled()).isEqualTo(5_000);
    assertThat(logs().dropped()).isZero();

    Ledger later = new Ledger();
    try (FakeLogstash logstash = FakeLogstash.listening(port)) {
      LogExporter second = spooling(port, folder, later);
      log(second, 5_000, 5_100);
      Samples.await("all", () -> arrived(logstash) == 5_100);
      Samples.close(second, Duration.ofSeconds(5));

      assertThat(Samples.messages(logstash.lines())).containsExactlyElementsOf(numbers(0, 5_100));
      Ledger.Account account = Samples.account(later, "logs", "logstash");
      assertThat(account.taken()).isEqualTo(5_100);
      assertThat(account.sent()).isEqualTo(5_100);
      assertThat(account.spooled()).isZero();
    }
  }

  @Test
  void tellsWhatWasDamagedOnDiskAndSendsTheRest(@TempDir Path folder) throws IOException {
    int port = FakeLogstash.freePort();
    LogExporter first = spooling(port, folder, ledger);
    log(first, 0, 10);
    Samples.close(first, Duration.ofSeconds(5));
    Path segment = folder.resolve("logs-logstash-0/0000000000.seg");
    Files.write(segment, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    AgentLog.to(new PrintStream(told, true));

    try (FakeLogstash logstash = FakeLogstash.listening(port)) {
      LogExporter second = spooling(port, folder, new Ledger());
      Samples.await("all", () -> arrived(logstash) == 10);
      Samples.close(second, Duration.ofSeconds(5));
    }

    assertThat(told.toString())
        .contains("logs.logstash: 3 bytes in " + segment.getParent() + " were damaged");
  }

  @Test
  void deliversFromMemoryWhereNoSpoolCanBe(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    AgentLog.to(new PrintStream(told, true));
    try (FakeLogstash logstash = FakeLogstash.listening()) {
      LogExporter exporter =
          spooling(Integer.parseInt(logstash.address().split(":")[1]), file, ledger);
      log(exporter, 0, 10);
      Samples.await("all", () -> arrived(logstash) == 10);
      Samples.close(exporter, Duration.ofSeconds(5));
    }

    assertThat(told.toString())
        .contains("logs.spool: ", file.toString(), "lines for logstash wait in memory only");
    assertThat(logs().sent()).isEqualTo(10);
  }

  private static LogExporter spooling(int port, Path folder, Ledger ledger) {
    return Samples.exporter(
        LogConfig.builder().logstash("127.0.0.1:" + port).spool(folder.toString(), 1L << 30),
        ledger);
  }

  private LogExporter exporterTo(String addresses) {
    return Samples.exporter(LogConfig.builder().logstash(addresses), ledger);
  }

  private static void log(LogExporter exporter, int from, int to) {
    for (int i = from; i < to; i++) {
      exporter.log(Samples.log("n" + i));
    }
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "n" + i).toList();
  }

  /** How many different lines. A line may come twice, never torn: each is parsed. */
  private static long arrived(FakeLogstash logstash) {
    Set<String> distinct = new HashSet<>(Samples.messages(logstash.lines()));
    return distinct.size();
  }

  private Ledger.Account logs() {
    return account("logs");
  }

  private Ledger.Account account(String signal) {
    return Samples.account(ledger, signal, "logstash");
  }
}

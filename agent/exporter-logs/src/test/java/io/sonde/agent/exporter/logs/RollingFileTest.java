// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.Ledger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RollingFileTest {

  @TempDir Path directory;

  private final Ledger ledger = new Ledger();
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    AgentLog.to(new PrintStream(told, true));
  }

  @AfterEach
  void speakAgain() {
    AgentLog.to(null);
  }

  @Test
  void createsTheDirectoryAndWritesALineForEachEvent() throws IOException {
    Path file = directory.resolve("not/yet/there/app.json");

    write(LogConfig.builder().file(file.toString()), 0, 100);

    assertThat(Samples.messages(Files.readAllLines(file))).isEqualTo(numbers(0, 100));
    assertThat(logs().sent()).isEqualTo(100);
    assertThat(Samples.balances(ledger)).isTrue();
    assertThat(told.toString()).isEmpty();
  }

  @Test
  void rollsOverBeforeTheLimitAndKeepsSoManyFiles() throws IOException {
    Path file = directory.resolve("app.json");

    write(LogConfig.builder().file(file.toString()).maxSizeBytes(10_000).keep(3), 0, 200);

    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("app.json", "app.json.1", "app.json.2", "app.json.3");
    List<String> messages = new ArrayList<>();
    for (String name : List.of("app.json.3", "app.json.2", "app.json.1", "app.json")) {
      assertThat(Files.size(directory.resolve(name))).isBetween(1L, 10_000L);
      messages.addAll(Samples.messages(Files.readAllLines(directory.resolve(name))));
    }
    assertThat(messages).isEqualTo(numbers(200 - messages.size(), 200));
    assertThat(logs().sent()).isEqualTo(200);
  }

  @Test
  void rollsOverWhenTheFileIsOld() throws Exception {
    Path file = directory.resolve("app.json");
    LogExporter exporter =
        Samples.exporter(LogConfig.builder().file(file.toString()).maxAgeMillis(300), ledger);
    exporter.log(Samples.log("n0"));
    exporter.log(Samples.log("n1"));
    Samples.await("written", () -> logs().sent() == 2);
    Thread.sleep(400);
    exporter.log(Samples.log("n2"));
    Samples.close(exporter, Duration.ofSeconds(5));

    assertThat(Samples.messages(Files.readAllLines(directory.resolve("app.json.1"))))
        .containsExactly("n0", "n1");
    assertThat(Samples.messages(Files.readAllLines(file))).containsExactly("n2");
  }

  @Test
  void keepsMoreFilesThanLogbackItselfAllows() throws IOException {
    Path file = directory.resolve("app.json");

    write(LogConfig.builder().file(file.toString()).maxSizeBytes(1).keep(30), 0, 40);

    assertThat(directory.toFile().list()).hasSize(31);
  }

  @Test
  void appendsToWhatIsThereAndEndsALineThatWasTorn() throws IOException {
    Path file = directory.resolve("app.json");
    Files.writeString(file, "{\"message\":\"whole\"}\n{\"message\":\"to");

    write(LogConfig.builder().file(file.toString()), 0, 1);

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(3).startsWith("{\"message\":\"whole\"}", "{\"message\":\"to");
    assertThat(Samples.messages(lines.subList(2, 3))).containsExactly("n0");
  }

  @Test
  void tellsOnceThatItCannotBeWrittenAndCountsWhatIsLost() throws IOException {
    Path plain = Files.createFile(directory.resolve("plain"));
    String path = plain.resolve("app.json").toString();

    write(LogConfig.builder().file(path), 0, 50);

    assertThat(logs().state()).startsWith("down: ").contains("Not a directory");
    assertThat(logs().droppedByReason()).containsEntry("unwritable", 50L);
    assertThat(Samples.balances(ledger)).isTrue();
    assertThat(told.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("[sonde] logs.file=" + path + " cannot be written");
  }

  @Test
  void goesOnWhenItCanBeWrittenAgain() throws IOException {
    Path blocker = Files.createFile(directory.resolve("blocker"));
    FileSink sink = new FileSink(blocker.resolve("app.json").toString(), 1 << 20, 0, 5, 1);
    LineTally tally = new LineTally(ledger, "file");
    sink.send(batch(tally, "lost"), tally);
    assertThat(logs().state()).startsWith("down");

    Files.delete(blocker);
    sink.send(batch(tally, "written"), tally);

    assertThat(Files.readAllLines(blocker.resolve("app.json"))).containsExactly("written");
    assertThat(logs().state()).isEqualTo("up");
    assertThat(logs().sent()).isEqualTo(1);
    assertThat(logs().dropped()).isEqualTo(1);
    sink.close();
  }

  @Test
  void makesTheFileAgainThatSomebodyDeletedMovedOrEmptied() throws IOException {
    Path file = directory.resolve("app.json");
    FileSink sink = new FileSink(file.toString(), 1 << 20, 0, 5);
    LineTally tally = new LineTally(ledger, "file");
    sink.send(batch(tally, "first"), tally);

    Files.delete(file);
    sink.send(batch(tally, "deleted"), tally);
    assertThat(Files.readAllLines(file)).containsExactly("deleted");

    Files.move(file, directory.resolve("moved"));
    sink.send(batch(tally, "moved"), tally);
    assertThat(Files.readAllLines(file)).containsExactly("moved");

    Files.write(file, new byte[0]);
    sink.send(batch(tally, "emptied"), tally);
    assertThat(Files.readAllLines(file)).containsExactly("emptied");
    assertThat(logs().sent()).isEqualTo(4);
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("app.json", "moved");
    sink.close();
  }

  @Test
  void countsWhatAFullDiskRefuses() {
    FileSink sink = new FileSink("/dev/full", Long.MAX_VALUE, 0, 5, Long.MAX_VALUE / 4);
    LineTally tally = new LineTally(ledger, "file");

    sink.send(batch(tally, "a", "b"), tally);

    assertThat(logs().droppedByReason()).containsEntry("unwritable", 2L);
    assertThat(logs().state()).contains("No space left on device");
    sink.close();
  }

  @Test
  void refusesANameThatLogbackWouldReadAsAPattern() {
    write(LogConfig.builder().file(directory.resolve("%d.json").toString()), 0, 1);

    assertThat(logs().state()).contains("% cannot be part of the name");
    assertThat(logs().dropped()).isEqualTo(1);
  }

  private void write(LogConfig.Builder config, int from, int to) {
    LogExporter exporter = Samples.exporter(config, ledger);
    for (int i = from; i < to; i++) {
      exporter.log(Samples.log("n" + i));
    }
    Samples.close(exporter, Duration.ofSeconds(10));
  }

  private static LineBatch batch(LineTally tally, String... lines) {
    LineBatch batch = new LineBatch();
    for (String line : lines) {
      byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
      batch.write(bytes, 0, bytes.length);
      batch.commit(Signal.LOGS);
      tally.taken(Signal.LOGS);
    }
    return batch;
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "n" + i).toList();
  }

  private Ledger.Account logs() {
    return Samples.account(ledger, "logs", "file");
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.Ledger;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StdoutTest {

  private static final int LINES = 2_000;

  @Test
  void writesWholeLinesBetweenTheApplicationsOwn() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();

    List<String> ours = new ArrayList<>();
    List<String> theirs = new ArrayList<>();
    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> (line.startsWith("{") ? ours : theirs).add(line));

    assertThat(process.waitFor()).isZero();
    assertThat(Samples.messages(ours)).hasSize(LINES).doesNotHaveDuplicates();
    assertThat(theirs).hasSizeGreaterThan(100).allMatch(line -> line.equals("application"));
  }

  @Test
  void countsWhatAClosedOutputRefuses() {
    Ledger ledger = new Ledger();
    LineTally tally = new LineTally(ledger, "stdout");
    LineBatch batch = new LineBatch();
    batch.write('\n');
    batch.commit(Signal.LOGS);
    tally.taken(Signal.LOGS);

    new StdoutSink(new Broken()).send(batch, tally);

    Ledger.Account account = Samples.account(ledger, "logs", "stdout");
    assertThat(account.droppedByReason()).containsEntry("io error", 1L);
    assertThat(account.state()).isEqualTo("down: Broken pipe");
  }

  /** Prints lines of its own until Sonde has printed all of its. */
  static final class Application {

    private Application() {}

    public static void main(String[] args) {
      Ledger ledger = new Ledger();
      LogExporter exporter = Samples.exporter(LogConfig.builder().stdout(true), ledger);
      Ledger.Account logs = Samples.account(ledger, "logs", "stdout");
      for (int i = 0; i < LINES; i++) {
        exporter.log(Samples.log("n" + i));
      }
      while (logs.sent() < LINES) {
        System.out.print("application\n");
        System.out.flush();
      }
      Samples.close(exporter, Duration.ofSeconds(20));
    }
  }

  private static final class Broken extends OutputStream {

    @Override
    public void write(int b) throws IOException {
      throw new IOException("Broken pipe");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.Ledger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpanSpoolTest {

  @TempDir Path directory;

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @AfterEach
  void speakAgain() {
    AgentLog.to(null);
  }

  @Test
  void tellsWhatWasDamagedAndGivesTheRest() throws IOException {
    SpanSpool first = open(new Ledger().account("spans", "zipkin"));
    first.add(new SpanBatch.Message(new byte[] {'[', ']'}, 0, 2), 3);
    first.add(new SpanBatch.Message(new byte[] {'[', ']'}, 0, 2), 4);
    first.close();
    Path segment = directory.resolve("zipkin-json-0/0000000000.seg");
    byte[] content = Files.readAllBytes(segment);
    content[content.length - 1] ^= 1;
    Files.write(segment, content);
    AgentLog.to(new PrintStream(told, true));

    Ledger.Account account = new Ledger().account("spans", "zipkin");
    SpanSpool second = open(account);

    assertThat(account.spooled()).isEqualTo(3);
    assertThat(second.next()).isNotNull();
    assertThat(told.toString())
        .contains("zipkin: 14 bytes in " + segment.getParent() + " were damaged");
    second.close();
  }

  private SpanSpool open(Ledger.Account account) {
    return SpanSpool.open(directory.toString(), "json", 1 << 20, account);
  }
}

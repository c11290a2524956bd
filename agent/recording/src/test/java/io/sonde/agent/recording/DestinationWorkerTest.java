// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DestinationWorkerTest {

  /** Neither can be told by its own words. */
  private static final class Mute extends Error {
    @Override
    public String toString() {
      throw new Mute();
    }
  }

  @BeforeEach
  void quiet() {
    AgentLog.to(new PrintStream(OutputStream.nullOutputStream()));
  }

  @AfterEach
  void loud() {
    AgentLog.to(null);
  }

  @Test
  void anErrorCostsOneItem() {
    Ledger ledger = new Ledger();
    Ledger.Account account = ledger.account("spans", "test");
    List<String> consumed = new CopyOnWriteArrayList<>();
    DestinationWorker<String> worker =
        new DestinationWorker<>(
            "test",
            16,
            account,
            item -> {
              if (item.equals("bad")) {
                throw new Mute();
              }
              consumed.add(item);
            });
    worker.start();

    worker.offer("first");
    worker.offer("bad");
    worker.offer("last");
    worker.close(System.nanoTime() + 5_000_000_000L);

    assertThat(consumed).containsExactly("first", "last");
    assertThat(account.droppedByReason()).containsEntry("error", 1L);
    assertThat(account.queued()).isZero();
  }
}

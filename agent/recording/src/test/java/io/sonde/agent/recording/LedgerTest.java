// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private final Ledger ledger = new Ledger();
  private final Ledger.Account account = ledger.account("spans", "zipkin");

  @Test
  void whatWasTakenIsAccountedFor() {
    account.queuedBy(() -> 5);
    account.taken(100);
    account.acked(70);
    account.sent(10);
    account.spooled(3);
    account.spooled(-1);
    account.dropped("timeout", 6);
    account.dropped("queue full", 4);
    account.dropped("timeout", 3);

    assertThat(account.taken())
        .isEqualTo(
            account.acked()
                + account.sent()
                + account.queued()
                + account.spooled()
                + account.dropped());
    assertThat(account.droppedByReason())
        .containsExactly(Map.entry("queue full", 4L), Map.entry("timeout", 9L));
  }

  @Test
  void listsAccountsInTheOrderTheyWereOpened() {
    Ledger.Account second = ledger.account("access", "logstash");

    assertThat(ledger.accounts()).containsExactly(account, second);
    assertThat(account.signal()).isEqualTo("spans");
    assertThat(account.destination()).isEqualTo("zipkin");
    assertThat(account.state()).isEqualTo("up");
    account.state("down: connection refused");
    assertThat(account.state()).isEqualTo("down: connection refused");
  }

  @Test
  void countsExactlyFromManyThreads() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    Callable<Void> work =
        () -> {
          for (int i = 0; i < 10_000; i++) {
            account.taken(1);
            account.dropped("reason " + i % 3, 1);
          }
          return null;
        };

    threads.invokeAll(List.copyOf(Stream.generate(() -> work).limit(4).toList()));
    threads.shutdown();

    assertThat(account.taken()).isEqualTo(40_000);
    assertThat(account.dropped()).isEqualTo(40_000);
  }
}

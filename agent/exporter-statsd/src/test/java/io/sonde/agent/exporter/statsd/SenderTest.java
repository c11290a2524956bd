// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.ServiceIdentity;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SenderTest {

  /** Ends its first counters with an Error, as a broken library would. */
  private static final class BrokenAtFirst implements Transport {

    private final Deliveries deliveries;
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private boolean broke;

    BrokenAtFirst(Deliveries deliveries) {
      this.deliveries = deliveries;
    }

    @Override
    public boolean ready(long nowNanos) {
      return true;
    }

    @Override
    public boolean send(Packet packet) {
      String lines = StandardCharsets.UTF_8.decode(packet.datagram()).toString();
      if (lines.contains(".count:") && !broke) {
        broke = true;
        throw new StackOverflowError("planted");
      }
      sent.addAll(List.of(lines.split("\n")));
      packet.take(Integer.MAX_VALUE);
      deliveries.sent(packet.recordsTaken(), packet.linesTaken());
      return true;
    }

    @Override
    public int maxPacket() {
      return 1_432;
    }

    @Override
    public String state() {
      return "up";
    }

    @Override
    public void close(long deadlineNanos) {}
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
  void errorInMidRoundLosesNoCounterAndSendsNoneTwice() throws Exception {
    Ledger ledger = new Ledger();
    Deliveries deliveries = new Deliveries(ledger);
    BrokenAtFirst transport = new BrokenAtFirst(deliveries);
    ServiceIdentity shop = new ServiceIdentity("shop", null, null, "web-1", "web-1");
    Naming naming = new Naming(StatsdConfig.builder(shop, "127.0.0.1").build());
    Meters meters = new Meters(naming, deliveries);
    Sender sender = new Sender(naming, ledger, deliveries, transport, meters, () -> 0);
    sender.start();

    Series series = new Series(Series.Kind.LOG, "error", "", "", 0, 0);
    Batch batch = new Batch();
    series.cell(0).count(7);
    batch.add(series.cell(0));
    deliveries.recordsTaken(7);
    sender.hand(batch);
    FakeStatsd.await("the broken round", sender::isFree);
    sender.close(System.nanoTime() + 2_000_000_000L);
    deliveries.abandon();

    assertThat(transport.sent)
        .filteredOn(line -> line.contains(".count:"))
        .containsExactly("sonde.shop.web-1.logs.error.count:7|c");
    Ledger.Account records = ledger.accounts().get(0);
    assertThat(records.sent()).isEqualTo(7);
    assertThat(records.queued()).isZero();
    Ledger.Account lines = ledger.accounts().get(1);
    assertThat(lines.sent() + lines.dropped()).isEqualTo(lines.taken());
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Exchanges;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.ServiceIdentity;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * 64 threads, 1,000,000 records, 500 series, many intervals: what the receiving socket adds up is
 * what was recorded, or the ledger names the rest.
 */
class ExactnessTest {

  private static final int THREADS = 64;
  private static final int RECORDS = 1_000_000;
  private static final int SERIES = 500;

  private final Ledger ledger = new Ledger();
  private final MpscAtomicArrayQueue<Exchange> queue = new MpscAtomicArrayQueue<>(8_192);
  private final AtomicBoolean recorded = new AtomicBoolean();

  /** Exchanges that the exporter was given, and those offered after it was closed. */
  private final AtomicLong exported = new AtomicLong();

  @BeforeEach
  void quiet() {
    AgentLog.to(new PrintStream(OutputStream.nullOutputStream()));
  }

  @AfterEach
  void loud() {
    AgentLog.to(null);
  }

  @Test
  void sumOfAllSeriesIsExactOverUdpWithIntervalChangedInMidRun() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      StatsdExporter exporter = exporter(Protocol.UDP, statsd.port());

      Thread pipeline = pipeline(exporter, RECORDS);
      record(
          done -> {
            if (done == RECORDS / 2) {
              exporter.interval(Duration.ofMillis(35));
            }
          });
      pipeline.join();
      close(exporter);

      FakeStatsd.await("all packets", () -> statsd.sum(".count") == RECORDS);
      assertEverySeriesIsExact(statsd);
      assertThat(metrics().sent()).isEqualTo(RECORDS);
      assertBalanced(RECORDS);
    }
  }

  @Test
  void ledgerNamesWhatConnectionResetsInMidRunMayHaveTaken() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.tcp()) {
      StatsdExporter exporter = exporter(Protocol.TCP, statsd.port());

      Thread pipeline = pipeline(exporter, RECORDS);
      record(
          done -> {
            if (done % (RECORDS / 10) == 0) {
              hangUp(statsd);
            }
          });
      pipeline.join();
      close(exporter);

      long reset = metrics().droppedByReason().getOrDefault("reset", 0L);
      FakeStatsd.await("what was sent", () -> statsd.sum(".count") >= metrics().sent());
      assertThat(statsd.sum(".count")).isBetween(metrics().sent(), metrics().sent() + reset);
      assertThat(metrics().dropped()).isEqualTo(reset);
      assertThat(statsd.connections()).isEqualTo(11);
      assertBalanced(RECORDS);
    }
  }

  @Test
  void sumIsExactWhenTcpBackendIsAwayForAWhile() throws Exception {
    int port = FakeStatsd.freePort();
    StatsdExporter exporter = exporter(Protocol.TCP, port);

    Thread pipeline = pipeline(exporter, RECORDS);
    record(done -> {});
    pipeline.join();
    assertThat(metrics().queued()).isEqualTo(RECORDS);
    try (FakeStatsd statsd = FakeStatsd.tcp(port)) {
      close(exporter);

      FakeStatsd.await("all lines", () -> statsd.sum(".count") == RECORDS);
      assertEverySeriesIsExact(statsd);
      assertBalanced(RECORDS);
    }
  }

  @Test
  void ledgerBalancesWhenClosedInMidRun() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.tcp()) {
      StatsdExporter exporter = exporter(Protocol.TCP, statsd.port());

      Thread pipeline = pipeline(exporter, RECORDS / 2);
      record(done -> {});
      pipeline.join();

      long taken = exported.get();
      assertThat(taken).isEqualTo(RECORDS / 2);
      FakeStatsd.await("what was taken", () -> statsd.sum(".count") == taken);
      assertThat(metrics().sent()).isEqualTo(taken);
      assertBalanced(taken);
    }
  }

  /** What recording's pipeline does, closing after that many exchanges as at a shutdown. */
  private Thread pipeline(StatsdExporter exporter, int closeAfter) {
    Thread thread =
        new Thread(
            () -> {
              exporter.start();
              while (!recorded.get() || !queue.isEmpty()) {
                Exchange exchange = queue.relaxedPoll();
                if (exchange == null) {
                  LockSupport.parkNanos(100_000);
                } else if (exported.get() < closeAfter) {
                  exporter.exchange(exchange);
                  exported.incrementAndGet();
                }
                if (exported.get() % 64 == 0) {
                  exporter.tick(System.nanoTime());
                }
                if (exported.get() == closeAfter && closeAfter < RECORDS && !queue.isEmpty()) {
                  close(exporter);
                  drain();
                }
              }
            });
    thread.start();
    return thread;
  }

  private void drain() {
    while (!recorded.get() || !queue.isEmpty()) {
      if (queue.relaxedPoll() == null) {
        LockSupport.parkNanos(100_000);
      }
    }
  }

  private interface Step {
    void at(int done);
  }

  private void record(Step step) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = next.getAndIncrement(); n < RECORDS; n = next.getAndIncrement()) {
                  offer(exchange(n % SERIES));
                  step.at(n);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    recorded.set(true);
  }

  private void offer(Exchange exchange) {
    while (!queue.offer(exchange)) {
      LockSupport.parkNanos(200_000);
    }
  }

  private static Exchange exchange(int series) {
    return Exchanges.server(series % 2 == 0 ? "GET" : "POST", "/route/" + series, 200)
        .took(1_000_000L + series)
        .finished();
  }

  private void assertEverySeriesIsExact(FakeStatsd statsd) {
    for (int i = 0; i < SERIES; i++) {
      String name =
          "sonde.shop.web-1.http.server.route-"
              + i
              + (i % 2 == 0 ? ".GET" : ".POST")
              + ".2xx.count";
      assertThat(statsd.counter(name)).as(name).isEqualTo(RECORDS / SERIES);
    }
  }

  private void assertBalanced(long records) {
    assertThat(metrics().taken()).isEqualTo(records);
    for (Ledger.Account account : ledger.accounts()) {
      assertThat(account.sent() + account.dropped()).isEqualTo(account.taken());
      assertThat(account.queued()).isZero();
    }
  }

  private Ledger.Account metrics() {
    return ledger.accounts().get(0);
  }

  /** One after the other, each of a connection of its own. */
  private static synchronized void hangUp(FakeStatsd statsd) {
    try {
      FakeStatsd.await("a connection", () -> statsd.connections() > 0);
      int before = statsd.connections();
      statsd.hangUp();
      FakeStatsd.await("another connection", () -> statsd.connections() > before);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private StatsdExporter exporter(Protocol protocol, int port) {
    ServiceIdentity shop = new ServiceIdentity("shop", null, null, "web-1", "web-1");
    StatsdConfig config =
        StatsdConfig.builder(shop, "127.0.0.1")
            .port(port)
            .protocol(protocol)
            .interval(Duration.ofMillis(20))
            .build();
    return new StatsdExporter(config, ledger);
  }

  private static void close(StatsdExporter exporter) {
    exporter.close(System.nanoTime() + TimeUnit.SECONDS.toNanos(10));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipelineTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Ledger ledger = new Ledger();
  private final Pipeline pipeline = new Pipeline(ledger);
  private final Collecting collecting = new Collecting();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeEach
  void readTheLog() {
    AgentLog.to(new PrintStream(log, true));
  }

  @AfterEach
  void close() {
    pipeline.close(System.nanoTime() + LIMIT.toNanos());
    AgentLog.to(null);
  }

  @Test
  void anExceptionWhoseOwnMethodsThrowIsRecordedAndStopsNothing() {
    Exporter broken =
        new Exporter() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public void exchange(Exchange exchange) {
            throw new Hostile(true);
          }
        };
    pipeline.start(List.of(broken, collecting));

    pipeline.offer(failed(new Hostile(true)));
    pipeline.offer(failed(new Hostile(false)));
    pipeline.offer(failed(new IllegalStateException("after")));

    await(() -> collecting.errors.size() == 3);
    assertThat(collecting.errors)
        .extracting(ErrorRecord::type)
        .containsExactly(
            Hostile.class.getName(), Hostile.class.getName(), "java.lang.IllegalStateException");
    assertThat(log.toString()).contains("broken: " + Hostile.class.getName());
    assertThat(pipeline.isAlive()).isTrue();
    assertThat(ledger.accounts().get(0).sent()).isEqualTo(3);
  }

  /** Whatever it is asked, it throws its like, or says null. */
  private static final class Hostile extends RuntimeException {
    private final boolean throwing;

    Hostile(boolean throwing) {
      this.throwing = throwing;
    }

    private <T> T answer() {
      if (throwing) {
        throw new Hostile(true);
      }
      return null;
    }

    @Override
    public String getMessage() {
      return answer();
    }

    @Override
    public synchronized Throwable getCause() {
      return answer();
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      return answer();
    }
  }

  @Test
  void anErrorInADestinationStopsNeitherMetricsNorHealth() {
    Exporter broken =
        new Exporter() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public void start() {
            throw new NoClassDefFoundError("planted in start");
          }

          @Override
          public void exchange(Exchange exchange) {
            throw new StackOverflowError("planted in exchange");
          }

          @Override
          public void tick(long nowNanos) {
            throw new OutOfMemoryError("planted in tick");
          }

          @Override
          public void error(ErrorRecord error) {
            throw new AssertionError("planted in error");
          }

          @Override
          public void close(long deadlineNanos) {
            throw new LinkageError("planted in close");
          }
        };
    pipeline.start(List.of(broken, collecting));

    for (int i = 0; i < 100; i++) {
      pipeline.offer(failed(new IllegalStateException("number " + i)));
    }

    await(() -> collecting.exchanges.size() == 100 && collecting.errors.size() == 10);
    long ticks = collecting.ticks;
    await(() -> collecting.ticks > ticks + 1);
    assertThat(pipeline.isAlive()).isTrue();
    assertThat(pipeline.exporterFailures()).isGreaterThan(110);
    assertThat(pipeline.lagMillis()).isZero();
    pipeline.close(System.nanoTime() + LIMIT.toNanos());
    assertThat(collecting.closed).isTrue();
    assertThat(log.toString().lines().filter(line -> line.contains("planted in exchange")))
        .as("told once, not a hundred times")
        .hasSize(1);
  }

  @Test
  void keepsWhatCameBeforeItWasStarted() {
    pipeline.offer(finished(200));
    pipeline.offer(finished(404));

    pipeline.start(List.of(collecting));

    await(() -> collecting.exchanges.size() == 2);
    assertThat(collecting.exchanges).extracting(Exchange::route).containsExactly("/a", "unmatched");
  }

  @Test
  void dropsAndCountsWhenFull() {
    for (int i = 0; i < Pipeline.CAPACITY; i++) {
      assertThat(pipeline.offer(finished(200))).isTrue();
    }

    assertThat(pipeline.offer(finished(200))).isFalse();
    Ledger.Account account = ledger.accounts().get(0);
    assertThat(account.taken()).isEqualTo(Pipeline.CAPACITY + 1);
    assertThat(account.droppedByReason()).containsExactly(Map.entry("queue full", 1L));
    assertThat(account.queued()).isEqualTo(Pipeline.CAPACITY);
    assertThat(pipeline.lagMillis()).isNotNegative();
    pipeline.start(List.of(collecting));
    await(() -> collecting.exchanges.size() == Pipeline.CAPACITY);
    assertThat(account.queued()).isZero();
  }

  @Test
  void sleepsUntilAnExporterHasSomethingToDo() throws InterruptedException {
    TickCounter resting = new TickCounter(Long.MAX_VALUE);
    TickCounter busy = new TickCounter(300_000_000);
    Pipeline other = new Pipeline(new Ledger());
    pipeline.start(List.of(resting));
    other.start(List.of(resting, busy));
    Thread.sleep(1_300); // a second without an item, then it sleeps

    busy.ticks.set(0);
    Thread.sleep(1_500);
    other.close(System.nanoTime() + LIMIT.toNanos());

    assertThat(busy.ticks.get()).isBetween(3, 6);
    resting.ticks.set(0);
    Thread.sleep(4_000);
    assertThat(resting.ticks.get()).isBetween(1, 2);
  }

  /** Has something to do so long after each tick. */
  private static final class TickCounter implements Exporter {
    final AtomicInteger ticks = new AtomicInteger();
    private final long rest;

    TickCounter(long rest) {
      this.rest = rest;
    }

    @Override
    public String name() {
      return "ticks";
    }

    @Override
    public void tick(long nowNanos) {
      ticks.incrementAndGet();
    }

    @Override
    public long restNanos(long nowNanos) {
      return rest;
    }
  }

  @Test
  void emptiesItsQueueBeforeItIsClosed() {
    pipeline.start(List.of(collecting));
    for (int i = 0; i < 5_000; i++) {
      pipeline.offer(finished(200));
    }

    pipeline.close(System.nanoTime() + LIMIT.toNanos());

    assertThat(collecting.exchanges).hasSize(5_000);
    assertThat(collecting.closed).isTrue();
    assertThat(pipeline.isAlive()).isFalse();
  }

  @Test
  void closesInTimeThoughADestinationHangs() throws InterruptedException {
    CountDownLatch released = new CountDownLatch(1);
    Exporter hanging =
        new Exporter() {
          @Override
          public String name() {
            return "hanging";
          }

          @Override
          public void close(long deadlineNanos) {
            try {
              released.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    pipeline.start(List.of(hanging, collecting));
    pipeline.offer(finished(200));

    long began = System.nanoTime();
    pipeline.close(began + TimeUnit.MILLISECONDS.toNanos(300));

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    assertThat(collecting.closed).isTrue();
    assertThat(collecting.exchanges).hasSize(1);
    released.countDown();
  }

  @Test
  void oneThrowableIsOneRecordWithItsRequest() {
    IllegalStateException thrown = new IllegalStateException("boom");
    Exchange exchange = failed(thrown);
    pipeline.start(List.of(collecting));

    pipeline.offer(exchange);
    pipeline.offer(new Unhandled(thrown, "uncaught", "worker", 0, null));
    pipeline.offer(new Unhandled(new IllegalArgumentException(), "uncaught", "worker", 0, null));

    await(() -> collecting.errors.size() == 2);
    assertThat(collecting.errors)
        .extracting(ErrorRecord::seenAt)
        .containsExactly("handler,uncaught", "uncaught");
    assertThat(collecting.errors.get(0).exchange()).isSameAs(exchange);
    assertThat(collecting.errors.get(0).thrown()).isSameAs(thrown);
    assertThat(collecting.errors.get(1).threadName()).isEqualTo("worker");
  }

  @Test
  void exportsWhatIsOfferedAtTheVeryEnd() {
    Unhandled unread = new Unhandled(new IllegalStateException(), "future", "worker", 0, null);
    pipeline.beforeEnd(now -> pipeline.offer(unread));
    pipeline.start(List.of(collecting));

    pipeline.close(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));

    assertThat(collecting.errors).extracting(ErrorRecord::seenAt).containsExactly("future");
  }

  private static Exchange finished(int status) {
    Exchange exchange = new Exchange(Exchange.Kind.SERVER, "test", System.nanoTime());
    exchange.method = "GET";
    exchange.path = "/a";
    exchange.end(System.nanoTime());
    exchange.status = status;
    return exchange;
  }

  private static Exchange failed(Throwable thrown) {
    Exchange exchange = finished(500);
    exchange.thrown = thrown;
    return exchange;
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting").isLessThan(deadline);
      Thread.onSpinWait();
      Thread.yield();
    }
  }

  /** What came, as the pipeline's thread called it. */
  private static final class Collecting implements Exporter {

    final List<Exchange> exchanges = Collections.synchronizedList(new ArrayList<>());
    final List<ErrorRecord> errors = Collections.synchronizedList(new ArrayList<>());
    volatile long ticks;
    volatile boolean closed;

    @Override
    public String name() {
      return "collecting";
    }

    @Override
    public void exchange(Exchange exchange) {
      exchanges.add(exchange);
    }

    @Override
    public void error(ErrorRecord error) {
      errors.add(error);
    }

    @Override
    public void tick(long nowNanos) {
      ticks++;
    }

    @Override
    public void close(long deadlineNanos) {
      closed = true;
    }
  }
}

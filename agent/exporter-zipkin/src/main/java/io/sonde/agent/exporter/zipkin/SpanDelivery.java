// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.DestinationWorker;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.ServiceIdentity;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import zipkin2.reporter.Encoding;

/**
 * Collects spans into a message of about 500 KB or one second, sends it, and enters in the ledger
 * what became of each: acked on a 2xx; split in two on a 413; tried once more when a later try may
 * pass, after a wait that doubles with each failure; else dropped. All on the thread {@code
 * sonde-zipkin} but {@link #held} and {@link #hurry}.
 */
final class SpanDelivery implements DestinationWorker.Consumer<Exchange> {

  /** A server that calls this too large is not worth more tries. */
  private static final int SMALLEST_MESSAGE = 16 * 1_024;

  private static final long FIRST_WAIT_NANOS = 250_000_000;
  private static final long LONGEST_WAIT_NANOS = 15_000_000_000L;

  private final ZipkinConfig config;
  private final SpanSender sender;
  private final Ledger.Account account;
  private final long maxAgeNanos;
  private final SpanMapper mapper;
  private final SpanBatch batch;
  private final SpanWriter writer;

  private volatile int held;
  private volatile boolean hurried;
  private volatile @Nullable Thread thread;

  private long firstNanos;
  private int messageBytes;
  private int failures;
  private boolean down;
  private long downSinceNanos;

  SpanDelivery(
      ZipkinConfig config,
      ServiceIdentity identity,
      SpanSender sender,
      Ledger.Account account,
      long maxAgeNanos) {
    this.config = config;
    this.sender = sender;
    this.account = account;
    this.maxAgeNanos = maxAgeNanos;
    this.mapper = new SpanMapper(identity, config.clientIp(), config.mask());
    this.messageBytes = sender.messageMaxBytes();
    boolean json = config.format() == Encoding.JSON;
    this.batch = new SpanBatch(json);
    this.writer = json ? new JsonSpanWriter(batch) : new Proto3SpanWriter(batch);
  }

  /** What it throws costs this one span, which is then not in the batch. */
  @Override
  public void accept(Exchange exchange) {
    mapper.map(exchange, writer);
    if (batch.count() == 1) {
      firstNanos = System.nanoTime();
    }
    held = batch.count();
    if (batch.sizeInBytes() >= messageBytes) {
      flush();
    }
  }

  @Override
  public void idle() {
    thread = Thread.currentThread();
    if (held > 0 && (hurried || System.nanoTime() - firstNanos >= maxAgeNanos)) {
      flush();
    }
  }

  @Override
  public boolean rests() {
    return held == 0;
  }

  @Override
  public long held() {
    return held;
  }

  /** From now on nothing waits: neither for more spans nor for the server to recover. */
  void hurry() {
    hurried = true;
    LockSupport.unpark(thread);
  }

  private void flush() {
    try {
      deliver(0, batch.count());
    } catch (Throwable t) {
      account.dropped("error", held);
      AgentLog.once("zipkin" + t.getClass(), "zipkin " + config + ": " + AgentLog.brief(t));
    } finally {
      held = 0;
      batch.clear();
    }
  }

  private void deliver(int from, int to) {
    Outcome outcome = send(from, to);
    int count = to - from;
    if (outcome.tooLarge() && count > 1) {
      int middle = from + count / 2;
      deliver(from, middle);
      deliver(middle, to);
      return;
    }
    if (outcome.acked()) {
      account.acked(count);
    } else {
      account.dropped(sender.aborted() ? "shutdown" : outcome.reason(), count);
    }
    held -= count;
  }

  /** Two tries at most. */
  private Outcome send(int from, int to) {
    Outcome outcome = attempt(from, to);
    return outcome.retryable() && !sender.aborted() ? attempt(from, to) : outcome;
  }

  private Outcome attempt(int from, int to) {
    waitAfterFailure();
    SpanBatch.Message message = batch.message(from, to);
    Outcome outcome;
    try {
      outcome = Outcome.of(sender.post(message));
    } catch (IOException e) {
      outcome = Outcome.of(e);
    }
    if (outcome.tooLarge()) {
      messageBytes = Math.max(SMALLEST_MESSAGE, message.length / 2);
    } else if (!sender.aborted()) {
      failures = outcome.retryable() ? failures + 1 : 0;
      tell(outcome);
    }
    return outcome;
  }

  /** Between half and all of a time that doubles, so that many agents do not come at once. */
  private void waitAfterFailure() {
    if (failures == 0) {
      return;
    }
    long most = Math.min(LONGEST_WAIT_NANOS, FIRST_WAIT_NANOS << Math.min(failures - 1, 10));
    long wait = most / 2 + ThreadLocalRandom.current().nextLong(most / 2);
    long end = System.nanoTime() + wait;
    for (long left = wait; left > 0 && !hurried; left = end - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
  }

  private void tell(Outcome outcome) {
    if (outcome.acked() && down) {
      down = false;
      long seconds = (System.nanoTime() - downSinceNanos) / 1_000_000_000;
      account.state("up");
      AgentLog.info("zipkin " + config + ": up again after " + seconds + " s");
    } else if (!outcome.acked()) {
      account.state("down: " + outcome.detail());
      if (!down) {
        down = true;
        downSinceNanos = System.nanoTime();
        AgentLog.warn("zipkin " + config + ": down: " + outcome.detail());
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.DestinationWorker;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.RetryWait;
import io.sonde.agent.recording.ServiceIdentity;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import zipkin2.reporter.Encoding;

/**
 * Collects spans into a message of about 500 KB or one second, sends it, and enters in the ledger
 * what became of each: acked on a 2xx; split in two on a 413; when a later try may pass, put on
 * disk where there is a spool, or tried once more, after a wait that doubles with each failure;
 * else dropped. All on the thread {@code sonde-zipkin} but {@link #held}, {@link #hurry} and {@link
 * #close}.
 */
final class SpanDelivery implements DestinationWorker.Consumer<Exchange> {

  /** A server that calls this too large is not worth more tries. */
  private static final int SMALLEST_MESSAGE = 16 * 1_024;

  private static final long FIRST_WAIT_NANOS = 250_000_000;
  private static final long LONGEST_WAIT_NANOS = 15_000_000_000L;

  /** What comes meanwhile must not fill the queue. */
  private static final long REPLAY_NANOS = 200_000_000;

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

  /** Opened when there is first something to do; null where none is asked for or can be. */
  private volatile @Nullable SpanSpool spool;

  private boolean spoolOpened;

  private long firstNanos;
  private int messageBytes;
  private int failures;
  private long retryAt = System.nanoTime();
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
    openSpool();
    if (held > 0 && (hurried || System.nanoTime() - firstNanos >= maxAgeNanos)) {
      flush();
    }
    replay();
  }

  @Override
  public boolean rests() {
    SpanSpool disk = spool;
    return held == 0 && (disk == null || disk.isEmpty());
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

  /** What is on disk stays for the next process. */
  void close() {
    SpanSpool disk = spool;
    if (disk != null) {
      disk.close();
    }
  }

  private void openSpool() {
    if (!spoolOpened) {
      spoolOpened = true;
      spool = config.openSpool(account);
    }
  }

  private void flush() {
    openSpool();
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
    int count = to - from;
    SpanSpool disk = spool;
    if (disk != null && !(disk.isEmpty() && isDue())) {
      disk.add(batch.message(from, to), count);
      held -= count;
      return;
    }
    Outcome outcome = disk == null ? send(from, to) : attempt(batch.message(from, to));
    if (outcome.tooLarge() && count > 1) {
      int middle = from + count / 2;
      deliver(from, middle);
      deliver(middle, to);
      return;
    }
    if (outcome.acked()) {
      account.acked(count);
    } else if (disk != null && outcome.retryable()) {
      disk.add(batch.message(from, to), count);
    } else {
      account.dropped(sender.aborted() ? "shutdown" : outcome.reason(), count);
    }
    held -= count;
  }

  /** From the disk, in order, for a moment. */
  private void replay() {
    SpanSpool disk = spool;
    long end = System.nanoTime() + REPLAY_NANOS;
    while (disk != null && !hurried && isDue() && System.nanoTime() - end < 0) {
      SpanBatch.Message message = disk.next();
      if (message == null) {
        return;
      }
      Outcome outcome = attempt(message);
      if (outcome.retryable()) {
        return;
      }
      disk.done(outcome.acked() ? null : outcome.reason());
    }
  }

  private boolean isDue() {
    return !sender.aborted() && System.nanoTime() - retryAt >= 0;
  }

  /** Two tries at most. */
  private Outcome send(int from, int to) {
    Outcome outcome = attemptAfterWait(from, to);
    return outcome.retryable() && !sender.aborted() ? attemptAfterWait(from, to) : outcome;
  }

  private Outcome attemptAfterWait(int from, int to) {
    waitAfterFailure();
    return attempt(batch.message(from, to));
  }

  private Outcome attempt(SpanBatch.Message message) {
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
      retryAt = System.nanoTime() + RetryWait.nanos(failures, FIRST_WAIT_NANOS, LONGEST_WAIT_NANOS);
      tell(outcome);
    }
    return outcome;
  }

  private void waitAfterFailure() {
    for (long left = retryAt - System.nanoTime();
        left > 0 && !hurried;
        left = retryAt - System.nanoTime()) {
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

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.DestinationWorker;
import io.sonde.agent.recording.Ledger;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * One destination: a bounded queue, a thread that encodes and sends, and accounts that balance.
 *
 * <pre>  pipeline ─offer─▶ queue (8,192 lines, 4 MB) ─▶ sonde-logs-… : encode ─▶ batch ─▶ sink
 * </pre>
 */
final class LogDestination implements DestinationWorker.Consumer<Line> {

  static final int QUEUE_LINES = 8_192;

  /** Of heap that waits: a line may hold a message of megabytes. */
  static final int QUEUE_BYTES = 4 * 1024 * 1024;

  /** Left of the deadline for breaking a send that hangs, or for closing in an orderly way. */
  private static final long MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final LineSink sink;
  private final LineTally tally;
  private final Supplier<LineEncoder> encoders;
  private final DestinationWorker<Line> worker;
  private final AtomicLong queuedBytes = new AtomicLong();
  private final LineBatch batch = new LineBatch();

  /** Whose shedding was told. The pipeline's thread only; there is no time to format per line. */
  private final Set<Signal> shedTold = EnumSet.noneOf(Signal.class);

  private LineEncoder encoder;
  private volatile boolean closing;

  /**
   * @param encoders asked once, on the destination's thread: the libraries are loaded there
   */
  LogDestination(LineSink sink, Ledger ledger, Supplier<LineEncoder> encoders) {
    this.sink = sink;
    this.encoders = encoders;
    this.tally = new LineTally(ledger, sink.name());
    // The worker's own account knows one signal and nothing of batches: nobody reads it.
    Ledger.Account unread = new Ledger().account("lines", sink.name());
    this.worker = new DestinationWorker<>("logs-" + sink.name(), QUEUE_LINES, unread, this);
  }

  void start() {
    worker.start();
  }

  /** Takes a line, or drops it and counts that; returns at once. The pipeline's thread. */
  void offer(Line line) {
    Signal signal = line.signal();
    tally.taken(signal);
    if (fill() > signal.shedAbove()) {
      tally.dropped(signal, "shed", 1);
      if (shedTold.add(signal)) {
        tellShed(signal);
      }
    } else if (queuedBytes.get() + line.weight() > QUEUE_BYTES) {
      tally.dropped(signal, "queue full", 1);
    } else {
      // Before the offer: the destination's thread may take it at once.
      queuedBytes.addAndGet(line.weight());
      if (!worker.offer(line)) {
        queuedBytes.addAndGet(-line.weight());
        tally.dropped(signal, closing ? "shutdown" : "queue full", 1);
      }
    }
  }

  /** Left out on purpose, before it was taken. */
  void sampledOut(Signal signal) {
    tally.sampledOut(signal);
  }

  void watch(long nowNanos) {
    sink.watch(nowNanos, tally);
  }

  /** Sends what waits, until the deadline; drops and counts the rest. */
  void close(long deadlineNanos) {
    closing = true;
    sink.closing(deadlineNanos - MARGIN_NANOS);
    worker.close(deadlineNanos - MARGIN_NANOS);
    sink.close();
    tally.settle();
  }

  @Override
  public void accept(Line line) {
    queuedBytes.addAndGet(-line.weight());
    if (encode(line) && batch.size() >= sink.batchBytes()) {
      flush();
    }
  }

  @Override
  public void idle() {
    flush();
    sink.idle(tally);
  }

  /** Whatever a line does to the encoder costs that line only. */
  private boolean encode(Line line) {
    try {
      if (encoder == null) {
        encoder = encoders.get();
      }
      encoder.encode(line, batch);
      batch.commit(line.signal());
      if (encoder.cut()) {
        tally.cut(line.signal());
      }
      return true;
    } catch (Throwable t) {
      batch.rollback();
      tally.dropped(line.signal(), "error", 1);
      AgentLog.once("logs encode " + t.getClass(), sink.name() + ": " + AgentLog.brief(t));
      return false;
    }
  }

  private void flush() {
    if (batch.lines() > 0) {
      try {
        sink.send(batch, tally);
      } finally {
        batch.clear();
      }
    }
  }

  private double fill() {
    return Math.max(worker.fill(), (double) queuedBytes.get() / QUEUE_BYTES);
  }

  private void tellShed(Signal signal) {
    AgentLog.warn(
        String.format(
            "logs: %s is slow, its queue is over %d %% full: lines of %s are shed and counted",
            sink.name(), (int) (signal.shedAbove() * 100), signal.label()));
  }
}

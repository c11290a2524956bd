// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.micrometer.core.instrument.Tag;
import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.AgentThreads;
import io.sonde.agent.recording.Ledger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The thread {@code sonde-statsd}: takes a batch an interval, reads the gauges, builds the lines
 * and sends them. Does all that may take long: resolving, connecting, loading Micrometer.
 *
 * <p>A round sends gauges first, as they are no loss when it turns out that nobody listens; then
 * the counters; then durations. What could not be sent of a counter is kept as one number per
 * series and goes out with the next round, however long statsd was away.
 */
final class Sender {

  private static final long RETRY_NANOS = 50_000_000;

  /** Checks change a few times an hour; what is more waits no longer than statsd is away. */
  private static final int MAX_EVENTS = 256;

  private final Naming naming;
  private final Ledger ledger;
  private final Deliveries deliveries;
  private final Transport transport;
  private final Meters meters;
  private final LongSupplier folded;
  private final Packer packer;
  private final LineWriter line = new LineWriter();
  private final ArrayDeque<Series> pending = new ArrayDeque<>();
  private final MessagePassingQueue<String> events = new MpscAtomicArrayQueue<>(MAX_EVENTS);
  private final Set<Object> measured = new HashSet<>();
  private final AtomicReference<Batch> handed = new AtomicReference<>();
  private final Thread thread = AgentThreads.unstarted("statsd", this::run);
  private boolean metersBroken;
  private String told = "up";
  private volatile boolean closing;
  private volatile long deadlineNanos;

  Sender(
      Naming naming,
      Ledger ledger,
      Deliveries deliveries,
      Transport transport,
      Meters meters,
      LongSupplier folded) {
    this.naming = naming;
    this.ledger = ledger;
    this.deliveries = deliveries;
    this.transport = transport;
    this.meters = meters;
    this.folded = folded;
    this.packer = new Packer(transport, deliveries);
  }

  void start() {
    thread.start();
  }

  /** True when the batch handed over last was sent, and is cleared. */
  boolean isFree() {
    return handed.get() == null;
  }

  /** Only when free. The batch is the sender's until it is free again. */
  void hand(Batch batch) {
    handed.set(batch);
    LockSupport.unpark(thread);
  }

  /** Takes a line that goes out as it is, with the next round that reaches statsd. Any thread. */
  void event(String text) {
    deliveries.linesTaken(1);
    if (!events.relaxedOffer(text)) {
      deliveries.dropped("queue full", 0, 1);
    }
  }

  /** Sends what was handed over and is pending, then ends. Waits for that until the deadline. */
  void close(long deadline) {
    deadlineNanos = deadline;
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (true) {
      boolean last = closing;
      try {
        if (last) {
          transport.hurry();
        }
        step(last);
      } catch (Throwable t) {
        // Supervised: even an Error costs one round of gauges and durations, and no counter.
        failed(t);
        recover();
      }
      if (last) {
        finish();
        return;
      }
      if (handed.get() == null && !closing) {
        // A batch that is handed over wakes it.
        LockSupport.parkNanos(this, transport.checkNanos());
      }
    }
  }

  private void step(boolean last) {
    Batch batch = handed.get();
    if (batch == null && !last) {
      transport.check(System.nanoTime());
      return;
    }
    if (batch != null) {
      merge(batch);
    }
    round(batch);
    release();
  }

  /** What was not merged yet is merged now; doing that twice adds nothing. */
  private void recover() {
    Batch batch = handed.get();
    try {
      if (batch != null) {
        merge(batch);
      }
    } finally {
      release();
    }
  }

  private static void failed(Throwable thrown) {
    AgentLog.once("statsd " + thrown.getClass(), "statsd: " + AgentLog.brief(thrown));
  }

  /** First of all, so that nothing that fails later can lose a count. */
  private void merge(Batch batch) {
    for (int i = 0; i < batch.size(); i++) {
      Cell cell = batch.cell(i);
      Series series = cell.series;
      series.pending += cell.takeCount();
      if (!series.listed) {
        series.listed = true;
        pending.add(series);
      }
    }
  }

  private void round(@Nullable Batch batch) {
    packer.begin(transport.ready(System.nanoTime()));
    try {
      gauges();
    } catch (Throwable t) {
      failed(t);
    }
    counters();
    events();
    if (batch != null) {
      timings(batch);
    }
    packer.flush();
    unlistSent();
    tell();
  }

  private void gauges() {
    openMeters();
    if (meters.isOpen() && packer.isUp()) {
      measureLedger();
      meters.poll(line, packer::line);
    }
    meters.drain(
        text -> {
          line.text(text);
          packer.line(line);
        });
    packer.flush();
  }

  private void openMeters() {
    if (meters.isOpen() || metersBroken || closing) {
      return;
    }
    try {
      meters.open();
      meters.counter(MetricNames.SONDE_FOLDED, Arrays.<Tag>asList(), folded);
    } catch (RuntimeException | LinkageError e) {
      metersBroken = true;
      AgentLog.warn("statsd: no gauges and no JVM meters: " + AgentLog.brief(e));
    }
  }

  /** Accounts are opened, and reasons appear, while it runs. */
  private void measureLedger() {
    for (Ledger.Account account : ledger.accounts()) {
      if (measured.add(account)) {
        measure(account);
      }
      for (String reason : account.droppedByReason().keySet()) {
        if (measured.add(Arrays.asList(account, reason))) {
          meters.counter(
              MetricNames.SONDE_DROPPED_FOR,
              tags(account, Tag.of("reason", reason)),
              () -> account.droppedByReason().getOrDefault(reason, 0L));
        }
      }
    }
  }

  private void measure(Ledger.Account account) {
    List<Tag> tags = tags(account);
    meters.counter(MetricNames.SONDE_TAKEN, tags, account::taken);
    meters.counter(MetricNames.SONDE_ACKED, tags, account::acked);
    meters.counter(MetricNames.SONDE_SENT, tags, account::sent);
    meters.counter(MetricNames.SONDE_DROPPED, tags, account::dropped);
    meters.level(MetricNames.SONDE_QUEUED, tags, account::queued);
    meters.level(MetricNames.SONDE_SPOOLED, tags, account::spooled);
  }

  private static List<Tag> tags(Ledger.Account account, Tag... more) {
    List<Tag> tags = new ArrayList<>();
    tags.add(Tag.of("destination", account.destination()));
    tags.add(Tag.of("signal", account.signal()));
    tags.addAll(Arrays.asList(more));
    return tags;
  }

  private void counters() {
    for (Series series : pending) {
      if (!packer.isUp()) {
        return;
      }
      if (series.pending > 0) {
        packer.counter(series, line.counter(series.counter(naming), series.pending));
      }
    }
    packer.flush();
  }

  private void events() {
    while (packer.isUp()) {
      String text = events.relaxedPoll();
      if (text == null) {
        return;
      }
      packer.line(line.text(text));
    }
  }

  private void timings(Batch batch) {
    for (int i = 0; i < batch.size(); i++) {
      Cell cell = batch.cell(i);
      int samples = cell.samples();
      deliveries.linesTaken(samples);
      if (!packer.isUp()) {
        deliveries.dropped("down", 0, samples);
        continue;
      }
      LineName name = cell.series.timer(naming);
      for (int s = 0; s < samples; s++) {
        packer.line(line.timer(name, cell.micros(s), samples, cell.timed()));
      }
    }
  }

  private void unlistSent() {
    for (int i = pending.size(); i > 0; i--) {
      Series series = pending.remove();
      if (series.pending > 0) {
        pending.add(series);
      } else {
        series.listed = false;
      }
    }
  }

  private void release() {
    Batch batch = handed.get();
    if (batch != null) {
      batch.clear();
      handed.set(null);
    }
  }

  private void tell() {
    String state = transport.state();
    deliveries.state(state);
    if (!state.equals(told)) {
      told = state;
      AgentLog.info("statsd: " + state);
    }
  }

  /** One more try for what is pending: the connection may have broken in the last round. */
  private void finish() {
    try {
      if (!pending.isEmpty() && deadlineNanos - System.nanoTime() > 2 * RETRY_NANOS) {
        LockSupport.parkNanos(RETRY_NANOS);
        transport.hurry();
        packer.begin(transport.ready(System.nanoTime()));
        counters();
      }
      transport.close(deadlineNanos);
      meters.close();
    } catch (Throwable t) {
      failed(t);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.sonde.agent.recording.Ledger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps two accounts of the ledger, each of which balances at any moment:
 *
 * <ul>
 *   <li>{@code metrics}, in <b>records</b>: an exchange, an exception, a log event, a use of a
 *       pool. Each is in exactly one exact counter, and its fate is that of the counter's line:
 *       sent when the kernel has taken the line that holds it.
 *   <li>{@code samples}, in <b>lines</b>: durations, gauges and the JVM's own meters.
 * </ul>
 *
 * Once {@link #abandon}ed nothing is booked any more, so that a sender that wakes up after the
 * deadline books nothing twice. Thread-safe.
 */
final class Deliveries {

  private final Ledger.Account records;
  private final Ledger.Account lines;
  private final AtomicLong waitingRecords = new AtomicLong();
  private final AtomicLong waitingLines = new AtomicLong();
  private volatile boolean abandoned;

  Deliveries(Ledger ledger) {
    records = ledger.account("metrics", "statsd");
    lines = ledger.account("samples", "statsd");
    records.queuedBy(waitingRecords::get);
    lines.queuedBy(waitingLines::get);
  }

  void recordsTaken(long count) {
    records.taken(count);
    if (abandoned) {
      records.dropped("shutdown", count);
    } else {
      waitingRecords.getAndAdd(count);
    }
  }

  void linesTaken(long count) {
    lines.taken(count);
    if (abandoned) {
      lines.dropped("shutdown", count);
    } else {
      waitingLines.getAndAdd(count);
    }
  }

  synchronized void sent(long recordCount, long lineCount) {
    if (!abandoned) {
      settle(recordCount, lineCount);
      records.sent(recordCount);
      lines.sent(lineCount);
    }
  }

  synchronized void dropped(String reason, long recordCount, long lineCount) {
    if (!abandoned) {
      settle(recordCount, lineCount);
      drop(reason, recordCount, lineCount);
    }
  }

  /** Books all that waits as dropped ({@code shutdown}). */
  synchronized void abandon() {
    abandoned = true;
    drop("shutdown", waitingRecords.getAndSet(0), waitingLines.getAndSet(0));
  }

  /** What a reader of the ledger sees: {@code up}, or {@code down: …}. */
  void state(String state) {
    records.state(state);
    lines.state(state);
  }

  long waitingRecords() {
    return waitingRecords.get();
  }

  private void settle(long recordCount, long lineCount) {
    waitingRecords.getAndAdd(-recordCount);
    waitingLines.getAndAdd(-lineCount);
  }

  private void drop(String reason, long recordCount, long lineCount) {
    if (recordCount > 0) {
      records.dropped(reason, recordCount);
    }
    if (lineCount > 0) {
      lines.dropped(reason, lineCount);
    }
  }
}

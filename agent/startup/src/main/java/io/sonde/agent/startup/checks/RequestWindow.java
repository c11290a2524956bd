// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.Exchange;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What was answered in the last minute: six slots of ten seconds, each a histogram and counters.
 * Written and merged on the pipeline's thread; a reader gets the last published {@link Summary}.
 *
 * <p>A histogram of 2 digits is 21 KB, so all of it is 150 KB.
 */
final class RequestWindow {

  static final int SECONDS = 60;
  private static final int SLOTS = 6;
  private static final long SLOT_NANOS = TimeUnit.SECONDS.toNanos(SECONDS / SLOTS);

  /** Beyond a minute a request is stuck rather than slow. */
  private static final long MAX_MICROS = 60_000_000;

  /** Ten seconds. */
  private static final class Slot {
    final Histogram micros = new Histogram(1, MAX_MICROS, 2);
    long number = -1;
    long clientErrors;
    long serverErrors;

    void reset(long newNumber) {
      number = newNumber;
      micros.reset();
      clientErrors = 0;
      serverErrors = 0;
    }
  }

  /** One minute's numbers. Immutable. Times in milliseconds. */
  static final class Summary {
    final long count;
    final double mean;
    final double p50;
    final double p95;
    final double p99;
    final double max;
    final long clientErrors;
    final long serverErrors;

    Summary(Histogram micros, long clientErrors, long serverErrors) {
      count = micros.getTotalCount();
      mean = count == 0 ? 0 : micros.getMean() / 1_000;
      p50 = micros.getValueAtPercentile(50) / 1_000.0;
      p95 = micros.getValueAtPercentile(95) / 1_000.0;
      p99 = micros.getValueAtPercentile(99) / 1_000.0;
      max = micros.getMaxValue() / 1_000.0;
      this.clientErrors = clientErrors;
      this.serverErrors = serverErrors;
    }
  }

  private final Slot[] slots = new Slot[SLOTS];
  private final Histogram merged = new Histogram(1, MAX_MICROS, 2);
  private volatile Summary summary = new Summary(merged, 0, 0);
  private boolean changed;

  RequestWindow() {
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Slot();
    }
  }

  /** On the pipeline's thread. */
  void add(Exchange exchange) {
    changed = true;
    Slot slot = slot(exchange.startNanos() + exchange.durationNanos());
    slot.micros.recordValue(Math.max(1, Math.min(MAX_MICROS, exchange.durationNanos() / 1_000)));
    if (exchange.status() >= 500 || exchange.status() == 0) {
      slot.serverErrors++;
    } else if (exchange.status() >= 400) {
      slot.clientErrors++;
    }
  }

  /** Merges the slots of the last minute. On the pipeline's thread, once a second. */
  void publish(long nowNanos) {
    if (!changed && summary.count == 0) {
      return; // an idle service costs nothing
    }
    changed = false;
    merged.reset();
    long current = nowNanos / SLOT_NANOS;
    long clientErrors = 0;
    long serverErrors = 0;
    for (Slot slot : slots) {
      if (slot.number > current - SLOTS && slot.number <= current) {
        merged.add(slot.micros);
        clientErrors += slot.clientErrors;
        serverErrors += slot.serverErrors;
      }
    }
    summary = new Summary(merged, clientErrors, serverErrors);
  }

  /** Any thread. */
  Summary summary() {
    return summary;
  }

  private Slot slot(long endNanos) {
    long number = endNanos / SLOT_NANOS;
    Slot slot = slots[(int) Math.floorMod(number, (long) SLOTS)];
    if (slot.number < number) {
      slot.reset(number);
    }
    return slot;
  }
}

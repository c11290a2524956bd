// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.Exchange;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The requests of the last second, 10 s, minute and 5 minutes, of all routes or of one.
 *
 * <p>Summed up when somebody asks, on his thread, so that the numbers are those of that moment. The
 * pipeline's thread only adds, and publishes each request with an ordered store, which costs it no
 * fence; the reader reads that first. What is added while he sums up may be seen in part: one
 * request's count without its error.
 */
final class RequestWindow {

  private final SlotRing[] rings;
  private final long originNanos;
  private final AtomicLong published = new AtomicLong();

  private RequestWindow(long originNanos, SlotRing... rings) {
    this.originNanos = originNanos;
    this.rings = rings;
  }

  /** Within 1 %, of up to 69 slots of 10.5 KB: for all routes together. */
  static RequestWindow fine(long nowNanos) {
    Supplier<Durations> kind = FineDurations::new;
    return new RequestWindow(nowNanos, new SlotRing(1, 60, kind), new SlotRing(60, 5, kind));
  }

  /** Within 13 %, of up to 27 slots of half a KB: for each route. */
  static RequestWindow coarse(long nowNanos) {
    Supplier<Durations> kind = CoarseDurations::new;
    return new RequestWindow(
        nowNanos, new SlotRing(1, 10, kind), new SlotRing(10, 6, kind), new SlotRing(60, 5, kind));
  }

  /** On the pipeline's thread. */
  void add(Exchange exchange) {
    long duration = exchange.durationNanos();
    long micros = Math.max(1, Math.min(Durations.MAX_MICROS, duration / 1_000));
    long second = second(exchange.startNanos() + duration);
    for (SlotRing ring : rings) {
      Slot slot = ring.at(second);
      if (slot != null) {
        slot.add(exchange, micros);
      }
    }
    published.lazySet(second);
  }

  /**
   * The numbers as of now. Any thread.
   *
   * @param seconds a multiple of 10 up to 60, or one of {@link Span}
   */
  WindowSummary summary(int seconds, long nowNanos) {
    published.get();
    long now = second(nowNanos);
    for (SlotRing ring : rings) {
      if (ring.holds(seconds)) {
        return new WindowSummary(seconds, ring.sum(seconds, now), covered(ring, seconds, nowNanos));
      }
    }
    throw new IllegalArgumentException("window of " + seconds + "s: not kept");
  }

  /** Whole slots and the one that runs, in seconds; a young window has seen less. */
  private double covered(SlotRing ring, int seconds, long nowNanos) {
    long age = nowNanos - originNanos;
    long slot = TimeUnit.SECONDS.toNanos(ring.slotSeconds());
    long running = Math.floorMod(age, slot);
    double covered = seconds + running / 1e9;
    return Math.max(1, Math.min(covered, age / 1e9));
  }

  private long second(long nanos) {
    return Math.floorDiv(nanos - originNanos, 1_000_000_000L);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The exchanges in flight, bounded. "How many now" is counted from it: a bare counter drifts when
 * the end of an asynchronous request is lost. Those are swept out by the pipeline, and counted.
 *
 * <p>Entering tries a few slots from a random one on, so that threads rarely meet. When all are
 * taken the exchange is recorded as usual but not shown as in flight, and that is counted.
 */
public final class LiveTable {

  private static final int SLOTS = 8_192;
  private static final int TRIES = 16;

  private final Slots<Exchange> slots = new Slots<>(SLOTS);
  private final LongAdder overflow = new LongAdder();
  private final LongAdder agedOut = new LongAdder();

  /** Any thread. */
  void enter(Exchange exchange) {
    // Not from the span id: without Zipkin all calls of one request have the same.
    enter(exchange, ThreadLocalRandom.current().nextInt());
  }

  void enter(Exchange exchange, int start) {
    for (int i = 0; i < TRIES; i++) {
      int slot = (start + i) & (SLOTS - 1);
      if (slots.get(slot) == null && slots.put(slot, null, exchange)) {
        exchange.slot = slot;
        return;
      }
    }
    overflow.increment();
  }

  void leave(Exchange exchange) {
    if (exchange.slot >= 0) {
      slots.remove(exchange.slot, exchange);
    }
  }

  /** Takes out what has begun more than {@code maxAgeNanos} ago: its end was lost. One thread. */
  void sweep(long nowNanos, long maxAgeNanos) {
    agedOut.add(slots.removeIf(exchange -> nowNanos - exchange.startNanos > maxAgeNanos));
    slots.tidy();
  }

  /** Exchanges whose end was never seen, since the start. */
  public long agedOut() {
    return agedOut.sum();
  }

  /** In no order. Any thread; what enters meanwhile may be missing. */
  public void forEach(Consumer<? super Exchange> action) {
    slots.forEach(action);
  }

  /** Server exchanges in flight now, probes left out. Any thread. */
  public int inFlight() {
    int[] count = new int[1];
    forEach(
        exchange -> {
          if (exchange.kind == Exchange.Kind.SERVER && !exchange.probe) {
            count[0]++;
          }
        });
    return count[0];
  }

  /** Exchanges that found no slot since the start. */
  public long overflow() {
    return overflow.sum();
  }
}

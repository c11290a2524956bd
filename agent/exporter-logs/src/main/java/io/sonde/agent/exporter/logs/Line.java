// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.recording.ErrorRecord;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.HealthChange;
import io.sonde.agent.recording.LogEvent;
import io.sonde.agent.recording.ServiceStart;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line to come: what it is about, not yet encoded. Made once on the pipeline's thread and
 * shared by the destinations' queues. Immutable.
 */
final class Line {

  /** The item in the queue and the objects it holds, measured roughly. */
  private static final int BASE_WEIGHT = 400;

  /** A throwable with the stack traces of two causes. */
  private static final int THROWN_WEIGHT = 8_000;

  private final Signal signal;
  private final Object source;
  private final int weight;
  private final float share;
  private final boolean slow;

  private Line(Signal signal, Object source, long weight) {
    this(signal, source, weight, 1, false);
  }

  private Line(Signal signal, Object source, long weight, double share, boolean slow) {
    this.signal = signal;
    this.source = source;
    this.share = (float) share;
    this.slow = slow;
    this.weight = (int) Math.min(Integer.MAX_VALUE, weight);
  }

  static Line of(LogEvent event) {
    long weight = BASE_WEIGHT + 2L * event.message().length();
    for (Map.Entry<String, String> entry : event.mdc().entrySet()) {
      weight += 100 + 2L * length(entry.getKey()) + 2L * length(entry.getValue());
    }
    return new Line(Signal.LOGS, event, weight + (event.thrown() == null ? 0 : THROWN_WEIGHT));
  }

  static Line of(Exchange exchange) {
    return of(exchange, 1, false);
  }

  /**
   * @param share of requests like this one that is kept
   * @param slow whether it took long
   */
  static Line of(Exchange exchange, double share, boolean slow) {
    return new Line(Signal.ACCESS, exchange, BASE_WEIGHT + weight(exchange), share, slow);
  }

  static Line of(ErrorRecord error) {
    Exchange exchange = error.exchange();
    long weight = BASE_WEIGHT + THROWN_WEIGHT + (exchange == null ? 0 : weight(exchange));
    return new Line(Signal.ERRORS, error, weight);
  }

  static Line of(HealthChange change) {
    return new Line(Signal.HEALTH, change, BASE_WEIGHT + 200L * change.numbers().size());
  }

  static Line of(ServiceStart start) {
    return new Line(Signal.LIFECYCLE, start, BASE_WEIGHT);
  }

  Signal signal() {
    return signal;
  }

  /** What the signal says, e.g. an {@link Exchange}. */
  Object source() {
    return source;
  }

  /** Of access events: 0.1 when this line stands for ten requests. */
  float share() {
    return share;
  }

  /** Of access events. */
  boolean slow() {
    return slow;
  }

  /** About how many bytes of heap wait with it: strings may be megabytes long. */
  int weight() {
    return weight;
  }

  private static long weight(Exchange exchange) {
    return 2L * length(exchange.path())
        + 2L * length(exchange.query())
        + 2L * length(exchange.userAgent())
        + (exchange.thrown() == null ? 0 : THROWN_WEIGHT);
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}

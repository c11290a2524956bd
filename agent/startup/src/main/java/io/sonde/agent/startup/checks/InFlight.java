// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.LiveTable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server exchanges in flight at one moment. */
final class InFlight {

  final long nowNanos;
  int count;
  int olderThanStuck;
  @Nullable Exchange oldest;

  private InFlight(long nowNanos) {
    this.nowNanos = nowNanos;
  }

  static InFlight of(LiveTable live, long stuckNanos, long nowNanos) {
    InFlight inFlight = new InFlight(nowNanos);
    live.forEach(exchange -> inFlight.add(exchange, stuckNanos));
    return inFlight;
  }

  long oldestMillis() {
    return TimeUnit.NANOSECONDS.toMillis(oldestNanos());
  }

  /** 0 when there is none. */
  long oldestNanos() {
    return oldest == null ? 0 : nowNanos - oldest.startNanos();
  }

  private void add(Exchange exchange, long stuckNanos) {
    long age = nowNanos - exchange.startNanos();
    if (exchange.kind() != Exchange.Kind.SERVER || exchange.probe()) {
      return;
    }
    count++;
    if (age > stuckNanos) {
      olderThanStuck++;
    }
    if (oldest == null || exchange.startNanos() - oldest.startNanos() < 0) {
      oldest = exchange;
    }
  }
}

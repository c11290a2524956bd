// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.Exchange;

/** The requests that ended in one slot of time. One thread writes; see {@link Durations}. */
final class Slot {

  static final long EMPTY = Long.MIN_VALUE;

  final Durations durations;

  /** Which slot of all time it is. Empty while it is being cleared. */
  volatile long number = EMPTY;

  long micros;
  long maxMicros;
  int clientErrors;
  int serverErrors;
  int exceptions;
  int dropped;
  int refused;
  int timeouts;

  Slot(Durations durations) {
    this.durations = durations;
  }

  void begin(long newNumber) {
    number = EMPTY;
    durations.clear();
    micros = 0;
    maxMicros = 0;
    clientErrors = 0;
    serverErrors = 0;
    exceptions = 0;
    dropped = 0;
    refused = 0;
    timeouts = 0;
    number = newNumber;
  }

  void add(Exchange exchange, long duration) {
    // First: a reader that sees the request in its bucket must know how long it can have been.
    maxMicros = Math.max(maxMicros, duration);
    micros += duration;
    durations.record(duration);
    int status = exchange.status();
    if (status >= 500 || status == 0) {
      serverErrors++;
    } else if (status >= 400) {
      clientErrors++;
    }
    if (exchange.thrown() != null || status == 0 || status >= 400) {
      addFailure(exchange, status);
    }
  }

  private void addFailure(Exchange exchange, int status) {
    exceptions += exchange.thrown() == null ? 0 : 1;
    dropped += status == 0 ? 1 : 0;
    refused += status == 429 || status == 503 ? 1 : 0;
    timeouts += status == 408 || status == 504 ? 1 : 0;
  }

  /** On the reader's own copy. */
  void add(Slot other) {
    durations.add(other.durations);
    micros += other.micros;
    maxMicros = Math.max(maxMicros, other.maxMicros);
    clientErrors += other.clientErrors;
    serverErrors += other.serverErrors;
    exceptions += other.exceptions;
    dropped += other.dropped;
    refused += other.refused;
    timeouts += other.timeouts;
  }
}

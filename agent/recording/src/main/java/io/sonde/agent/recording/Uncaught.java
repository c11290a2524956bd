// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import org.jspecify.annotations.Nullable;

/** An exception that has ended a thread, on its way to the pipeline. Immutable. */
final class Uncaught {

  final Throwable thrown;
  final String threadName;
  final long epochMillis;
  final @Nullable Exchange exchange;

  Uncaught(Throwable thrown, String threadName, long epochMillis, @Nullable Exchange exchange) {
    this.thrown = thrown;
    this.threadName = threadName;
    this.epochMillis = epochMillis;
    this.exchange = exchange;
  }
}

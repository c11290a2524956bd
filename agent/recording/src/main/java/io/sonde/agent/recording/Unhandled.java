// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import org.jspecify.annotations.Nullable;

/** An exception that nobody handles, or so it seems, on its way to the pipeline. Immutable. */
final class Unhandled {

  final Throwable thrown;

  /** As in {@link ErrorRecord#seenAt}. */
  final String place;

  final String threadName;
  final long epochMillis;
  final @Nullable Exchange exchange;

  Unhandled(
      Throwable thrown,
      String place,
      String threadName,
      long epochMillis,
      @Nullable Exchange exchange) {
    this.thrown = thrown;
    this.place = place;
    this.threadName = threadName;
    this.epochMillis = epochMillis;
    this.exchange = exchange;
  }
}

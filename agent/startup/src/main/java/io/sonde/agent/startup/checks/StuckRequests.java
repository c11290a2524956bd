// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.Exchange;
import io.sonde.health.Status;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Handlers that do not come back. They complete nothing, so that no average shows them: many that
 * are older than 5 s with nothing completed meanwhile are a warning, and so is a single one after
 * 30 s. With all threads of the servers busy and nothing completed for 30 s it fails: whoever is
 * sent here waits in vain.
 *
 * <p>While finished requests wait to be counted nobody knows, and what was said last stays. By the
 * health thread.
 */
final class StuckRequests {

  private final Traffic traffic;
  private final ServerThreads threads;
  private final Supplier<Thresholds> thresholds;
  private Status status = Status.PASS;
  private @Nullable String output;

  StuckRequests(Traffic traffic, ServerThreads threads, Supplier<Thresholds> thresholds) {
    this.traffic = traffic;
    this.threads = threads;
    this.thresholds = thresholds;
  }

  InFlight inFlight() {
    return traffic.inFlight(thresholds.get().stuckNanos);
  }

  /** Once a tick. */
  Status tick(InFlight inFlight) {
    if (traffic.isUpToDate()) {
      boolean hung = isHung(inFlight);
      status = hung ? Status.FAIL : isStuck(inFlight) ? Status.WARN : Status.PASS;
      output = status == Status.PASS ? null : describe(inFlight, hung);
    }
    return status;
  }

  /** Why the last tick did not pass, or null. */
  @Nullable String output() {
    return output;
  }

  private boolean isHung(InFlight inFlight) {
    int max = threads.max();
    return inFlight.oldest != null
        && max > 0
        && threads.busy() >= max
        && inFlight.oldestNanos() > thresholds.get().hungNanos
        && traffic.silenceNanos(inFlight.nowNanos) > thresholds.get().hungNanos;
  }

  private boolean isStuck(InFlight inFlight) {
    if (inFlight.oldest == null) {
      return false;
    }
    Thresholds limits = thresholds.get();
    long silence = traffic.silenceNanos(inFlight.nowNanos);
    return inFlight.olderThanStuck >= limits.stuckRequests && silence > limits.stuckNanos
        || inFlight.oldestNanos() > limits.stuckAloneNanos && silence > limits.stuckAloneNanos;
  }

  private String describe(InFlight inFlight, boolean hung) {
    Exchange oldest = inFlight.oldest;
    // Never the path, which may hold ids: anybody may read /health.
    return inFlight.count
        + " requests in flight and none completes"
        + (hung ? ", all " + threads.max() + " threads busy" : "")
        + "; the oldest, "
        + oldest.method()
        + ' '
        + oldest.routeSoFar()
        + ", is "
        + TimeUnit.NANOSECONDS.toSeconds(inFlight.oldestNanos())
        + " s old";
  }
}

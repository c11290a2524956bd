// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.LiveTable;
import io.sonde.health.CheckResult;
import io.sonde.health.HealthCheck;
import io.sonde.health.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * {@code http.server:connections}: requests in flight, and the age of the oldest.
 *
 * <p>Stuck handlers complete nothing, so that no average shows them: ten requests older than 5 s
 * with nothing completed meanwhile are a warning, and so is a single one after 30 s.
 */
final class ConnectionsCheck implements HealthCheck {

  static final String KEY = "http.server:connections";

  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int MANY = 10;
  private static final long STUCK_ALONE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final LiveTable live;
  private final LongSupplier lastCompletedNanos;

  ConnectionsCheck(LiveTable live, LongSupplier lastCompletedNanos) {
    this.live = live;
    this.lastCompletedNanos = lastCompletedNanos;
  }

  @Override
  public CheckResult check() {
    InFlight inFlight = InFlight.of(live, STUCK_NANOS);
    boolean stuck = isStuck(inFlight);
    CheckResult.Builder result =
        CheckResult.of(KEY)
            .componentType("component")
            .status(stuck ? Status.WARN : Status.PASS)
            .observed(inFlight.count, "requests")
            .with("oldest", inFlight.oldestMillis());
    return (stuck ? result.output(describe(inFlight)) : result).build();
  }

  /** In flight is what a reader wants to see as it is now. */
  @Override
  public List<CheckResult> refresh(List<CheckResult> last) {
    List<CheckResult> now = new ArrayList<>();
    InFlight inFlight = InFlight.of(live, STUCK_NANOS);
    for (CheckResult result : last) {
      now.add(
          CheckResult.of(KEY)
              .componentType("component")
              .status(result.status())
              .output(result.output())
              .observed(inFlight.count, "requests")
              .with("oldest", inFlight.oldestMillis())
              .build());
    }
    return now;
  }

  private boolean isStuck(InFlight inFlight) {
    if (inFlight.oldest == null) {
      return false;
    }
    long oldest = inFlight.nowNanos - inFlight.oldest.startNanos();
    long silence = inFlight.nowNanos - lastCompletedNanos.getAsLong();
    return inFlight.olderThanStuck >= MANY && silence > STUCK_NANOS
        || oldest > STUCK_ALONE_NANOS && silence > STUCK_ALONE_NANOS;
  }

  private static String describe(InFlight inFlight) {
    Exchange oldest = inFlight.oldest;
    String route = oldest.route() == null ? oldest.path() : oldest.route();
    return inFlight.count
        + " requests in flight and none completes; the oldest, "
        + oldest.method()
        + ' '
        + route
        + ", is "
        + inFlight.oldestMillis() / 1_000
        + " s old";
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.health.CheckResult;
import io.sonde.health.HealthCheck;
import io.sonde.health.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code http.server:connections}: requests in flight, and the age of the oldest; see {@link
 * StuckRequests}.
 */
final class ConnectionsCheck implements HealthCheck {

  static final String KEY = "http.server:connections";

  private final StuckRequests stuck;

  ConnectionsCheck(StuckRequests stuck) {
    this.stuck = stuck;
  }

  @Override
  public CheckResult check() {
    InFlight inFlight = stuck.inFlight();
    Status status = stuck.tick(inFlight);
    return result(inFlight, status, stuck.output());
  }

  /** In flight is what a reader wants to see as it is now. */
  @Override
  public List<CheckResult> refresh(List<CheckResult> last) {
    List<CheckResult> now = new ArrayList<>(last);
    CheckResult first = last.get(0);
    now.set(0, result(stuck.inFlight(), first.status(), first.output()));
    return now;
  }

  private static CheckResult result(InFlight inFlight, Status status, @Nullable String output) {
    return CheckResult.of(KEY)
        .componentType("component")
        .status(status)
        .output(output)
        .observed(inFlight.count, "requests")
        .with("oldest", inFlight.oldestMillis())
        .build();
  }
}

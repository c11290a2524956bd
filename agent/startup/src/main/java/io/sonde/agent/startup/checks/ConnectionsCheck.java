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
 * {@code http.server:connections}: requests in flight and the age of the oldest ({@link
 * StuckRequests}), and where a server tells, its open sockets and busy threads ({@link
 * ServerLoad}).
 */
final class ConnectionsCheck implements HealthCheck {

  static final String KEY = "http.server:connections";

  private final StuckRequests stuck;
  private final ServerLoad servers;
  private @Nullable CheckResult last;

  ConnectionsCheck(StuckRequests stuck, ServerLoad servers) {
    this.stuck = stuck;
    this.servers = servers;
  }

  @Override
  public CheckResult check() {
    InFlight inFlight = stuck.inFlight();
    // First: it tells the other how many threads are busy.
    Status load = servers.tick(inFlight.nowNanos);
    Status status = stuck.tick(inFlight);
    String output = stuck.output();
    if (output == null && load != Status.PASS) {
      output = servers.output();
    }
    Status worst = Status.worst(status, load);
    // While all is well a document alone has new numbers.
    if (last == null || worst != Status.PASS || last.status() != Status.PASS) {
      last = result(inFlight, worst, output);
    }
    return last;
  }

  /** All servers together, then each of several. */
  @Override
  public List<CheckResult> results() {
    List<CheckResult> results = new ArrayList<>();
    results.add(check());
    results.addAll(servers.each(KEY));
    return results;
  }

  /** In flight is what a reader wants to see as it is now. */
  @Override
  public List<CheckResult> refresh(List<CheckResult> before) {
    List<CheckResult> now = new ArrayList<>(before);
    CheckResult first = before.get(0);
    now.set(0, result(stuck.inFlight(), first.status(), first.output()));
    return now;
  }

  private CheckResult result(InFlight inFlight, Status status, @Nullable String output) {
    CheckResult.Builder result =
        CheckResult.of(KEY)
            .componentType("component")
            .status(status)
            .output(output)
            .observed(inFlight.count, "requests")
            .with("oldest", inFlight.oldestMillis());
    servers.addTo(result);
    return result.build();
  }
}

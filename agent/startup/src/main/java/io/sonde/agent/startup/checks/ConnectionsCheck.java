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
import org.jspecify.annotations.Nullable;

/**
 * {@code http.server:connections}: requests in flight, the age of the oldest, and where a server
 * tells, its open sockets and busy threads ({@link ServerLoad}).
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
  private final ServerLoad servers;

  ConnectionsCheck(LiveTable live, ServerLoad servers, LongSupplier lastCompletedNanos) {
    this.live = live;
    this.servers = servers;
    this.lastCompletedNanos = lastCompletedNanos;
  }

  @Override
  public CheckResult check() {
    InFlight inFlight = InFlight.of(live, STUCK_NANOS);
    boolean stuck = isStuck(inFlight);
    Status load = servers.tick(inFlight.nowNanos);
    String output = stuck ? describe(inFlight) : load == Status.PASS ? null : servers.output();
    return result(inFlight, Status.worst(stuck ? Status.WARN : Status.PASS, load), output);
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
  public List<CheckResult> refresh(List<CheckResult> last) {
    List<CheckResult> now = new ArrayList<>(last);
    CheckResult first = last.get(0);
    now.set(0, result(InFlight.of(live, STUCK_NANOS), first.status(), first.output()));
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

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.health.CheckResult;
import io.sonde.health.HealthCheck;
import io.sonde.health.Hysteresis;
import io.sonde.health.Status;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code http.server:badRequests}: the share of 4xx and 5xx in the last minute, as of the moment of
 * asking. Only the server's own errors can warn: what clients get wrong is their affair. A request
 * that got no status (its connection was dropped) counts as one.
 */
final class BadRequestsCheck implements HealthCheck {

  static final String KEY = "http.server:badRequests";

  private final RequestWindows requests;
  private final Supplier<Thresholds> thresholds;
  private final LongSupplier nanoTime;
  private final Hysteresis hysteresis;

  private @Nullable CheckResult last;

  BadRequestsCheck(
      RequestWindows requests, Supplier<Thresholds> thresholds, LongSupplier nanoTime) {
    this.requests = requests;
    this.thresholds = thresholds;
    this.nanoTime = nanoTime;
    this.hysteresis = Hysteresis.following(() -> thresholds.get().badRequests);
  }

  @Override
  public CheckResult check() {
    WindowSummary judged = requests.judged(thresholds.get().minimumSamples);
    double percent = judged.percent(judged.serverErrors);
    Status status = hysteresis.tick(percent, judged.count, nanoTime.getAsLong());
    if (last == null || status != Status.PASS || last.status() != Status.PASS) {
      last = result(status, status == Status.PASS ? null : describe(judged, percent));
    }
    return last;
  }

  /** The same with the minute that ends now, as {@link ResponseTimeCheck#refresh}. */
  @Override
  public List<CheckResult> refresh(List<CheckResult> before) {
    CheckResult result = before.get(0);
    return Collections.singletonList(result(result.status(), result.output()));
  }

  private CheckResult result(Status status, @Nullable String output) {
    return result(requests.all(Span.MINUTE), status)
        .output(output)
        .with("warnAt", "serverErrors>" + (long) thresholds.get().badRequestsWarnPercent)
        .with("flapping", hysteresis.flapping() ? true : null)
        .build();
  }

  private static CheckResult.Builder result(WindowSummary window, Status status) {
    double client = window.percent(window.clientErrors);
    double server = window.percent(window.serverErrors);
    return CheckResult.of(KEY)
        .componentType("component")
        .status(status)
        .observed(ResponseTimeCheck.rounded(server + client), "percent")
        .with("clientErrors", ResponseTimeCheck.rounded(client))
        .with("serverErrors", ResponseTimeCheck.rounded(server))
        .with("ratePerSecond", rate(window, window.clientErrors + window.serverErrors))
        .with("clientErrorsPerSecond", rate(window, window.clientErrors))
        .with("serverErrorsPerSecond", rate(window, window.serverErrors))
        .with("exceptions", window.exceptions)
        .with("dropped", window.dropped)
        .with("refused", window.refused)
        .with("timeouts", window.timeouts)
        .with("count", window.count)
        .with("window", Span.MINUTE.text);
  }

  private static String describe(WindowSummary judged, double percent) {
    return ResponseTimeCheck.rounded(percent)
        + " % of "
        + judged.count
        + " requests of the last "
        + judged.seconds
        + "s ended in a server error";
  }

  private static double rate(WindowSummary window, long count) {
    return ResponseTimeCheck.rounded(window.perSecond(count));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.health.CheckResult;
import io.sonde.health.HealthCheck;
import io.sonde.health.Hysteresis;

/**
 * {@code http.server:badRequests}: the share of 4xx and 5xx in the last minute. Only the server's
 * own errors can warn: what clients get wrong is their affair.
 */
final class BadRequestsCheck implements HealthCheck {

  static final String KEY = "http.server:badRequests";

  private static final double WARN_PERCENT = 5;
  private static final double RECOVER_PERCENT = 2.5;

  private final RequestWindow requests;
  private final Hysteresis hysteresis = Hysteresis.warnAbove(WARN_PERCENT, RECOVER_PERCENT).build();

  BadRequestsCheck(RequestWindow requests) {
    this.requests = requests;
  }

  @Override
  public CheckResult check() {
    RequestWindow.Summary window = requests.summary();
    double server = percent(window.serverErrors, window.count);
    double client = percent(window.clientErrors, window.count);
    return CheckResult.of(KEY)
        .componentType("component")
        .status(hysteresis.tick(server, window.count, System.nanoTime()))
        .observed(ResponseTimeCheck.rounded(server + client), "percent")
        .with("clientErrors", ResponseTimeCheck.rounded(client))
        .with("serverErrors", ResponseTimeCheck.rounded(server))
        .with("ratePerSecond", rate(window.clientErrors + window.serverErrors))
        .with("clientErrorsPerSecond", rate(window.clientErrors))
        .with("serverErrorsPerSecond", rate(window.serverErrors))
        .with("count", window.count)
        .with("window", RequestWindow.SECONDS + "s")
        .with("warnAt", "serverErrors>" + (long) WARN_PERCENT)
        .build();
  }

  private static double percent(long part, long all) {
    return all == 0 ? 0 : 100.0 * part / all;
  }

  private static double rate(long count) {
    return ResponseTimeCheck.rounded((double) count / RequestWindow.SECONDS);
  }
}

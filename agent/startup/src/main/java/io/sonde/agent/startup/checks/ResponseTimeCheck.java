// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.health.CheckResult;
import io.sonde.health.HealthCheck;
import io.sonde.health.Hysteresis;
import io.sonde.health.Status;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code http.server:responseTime}: the last minute's mean and percentiles, as of the moment of
 * asking; with {@code ?window=} another span, with {@code ?route=} those of one route.
 *
 * <p>The status rests on the last 10 s, or more of them where there is less traffic, so that it
 * follows within seconds. No samples are no evidence: they are called idle only when nothing is in
 * flight either and nothing waits to be counted.
 */
final class ResponseTimeCheck implements HealthCheck {

  static final String KEY = "http.server:responseTime";

  /** Routes that are named to a caller who asked for one that is not there. */
  private static final int NAMED_ROUTES = 10;

  private final RequestWindows requests;
  private final Traffic traffic;
  private final Supplier<Thresholds> thresholds;
  private final LongSupplier nanoTime;
  private final Hysteresis hysteresis;

  private @Nullable CheckResult last;

  ResponseTimeCheck(
      RequestWindows requests,
      Traffic traffic,
      Supplier<Thresholds> thresholds,
      LongSupplier nanoTime) {
    this.requests = requests;
    this.traffic = traffic;
    this.thresholds = thresholds;
    this.nanoTime = nanoTime;
    this.hysteresis = Hysteresis.following(() -> thresholds.get().responseTime);
  }

  @Override
  public CheckResult check() {
    WindowSummary judged = requests.judged(thresholds.get().minimumSamples);
    double value = judged.count == 0 && !isIdle(judged) ? Double.NaN : judged.p95;
    Status status = hysteresis.tick(value, judged.count, nanoTime.getAsLong());
    if (last == null || status != Status.PASS || last.status() != Status.PASS) {
      last = result(status, status == Status.PASS ? null : describe(judged));
    }
    return last;
  }

  /**
   * The same with the minute that ends now. While all is well a document alone has new numbers: a
   * tick adds no minute's histograms up.
   */
  @Override
  public List<CheckResult> refresh(List<CheckResult> before) {
    CheckResult result = before.get(0);
    return Collections.singletonList(result(result.status(), result.output()));
  }

  private CheckResult result(Status status, @Nullable String output) {
    WindowSummary judged = requests.judged(thresholds.get().minimumSamples);
    return result(requests.all(Span.MINUTE), Span.MINUTE, status)
        .output(output)
        .with("recentP95", rounded(judged.p95))
        .with("recentWindow", judged.seconds + "s")
        .with("warnAt", "p95>" + (long) thresholds.get().responseTimeWarnMillis)
        .with("flapping", hysteresis.flapping() ? true : null)
        .with("idle", isIdle(judged) ? true : null)
        .build();
  }

  private boolean isIdle(WindowSummary judged) {
    return judged.count == 0 && traffic.isIdle();
  }

  @Override
  public @Nullable CheckResult answer(Map<String, String> parameters) {
    String route = parameters.get("route");
    String window = parameters.get("window");
    if (route == null && window == null) {
      return null;
    }
    Span span = Span.of(window);
    WindowSummary summary = route == null ? requests.all(span) : requests.route(route, span);
    if (summary == null) {
      throw new NoSuchElementException(
          "no request of such a route; the busiest: "
              + String.join(", ", requests.busiest(NAMED_ROUTES)));
    }
    CheckResult.Builder result = result(summary, span, hysteresis.status());
    if (route != null) {
      result
          .componentId(route)
          .status(Status.PASS)
          .with("perSecond", rounded(summary.perSecond(summary.count)))
          .with("clientErrors", rounded(summary.percent(summary.clientErrors)))
          .with("serverErrors", rounded(summary.percent(summary.serverErrors)));
    }
    return result.build();
  }

  private static CheckResult.Builder result(WindowSummary window, Span span, Status status) {
    return CheckResult.of(KEY)
        .componentType("component")
        .status(status)
        .observed(rounded(window.mean), "ms")
        .with("window", span.text)
        .with("count", window.count)
        .with("mean", rounded(window.mean))
        .with("p50", rounded(window.p50))
        .with("p95", rounded(window.p95))
        .with("p99", rounded(window.p99))
        .with("max", rounded(window.max));
  }

  private String describe(WindowSummary judged) {
    return "95 % of the requests of the last "
        + judged.seconds
        + "s took up to "
        + Math.round(judged.p95)
        + " ms; warns from "
        + (long) thresholds.get().responseTimeWarnMillis
        + " ms on";
  }

  static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.Exchange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The windows of all requests and of each route. {@link #add} on the pipeline's thread, the rest on
 * any.
 *
 * <p>All tables together stay within {@link #MAX_BYTES}: there are at most {@value #MAX_ROUTES}
 * routes, and slots are made when they are first used.
 */
final class RequestWindows {

  /** As the route names have it: 200, and {@code other} and {@code unmatched}. */
  static final int MAX_ROUTES = 202;

  /** 3.6 MB when each route has requests all the time. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final String OTHER = "other";

  /** What is asked again within that time is not summed up again: by the next check, most often. */
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** The windows that a status may rest on, the quickest first. */
  private static final int[] JUDGED_SECONDS = {10, 20, 30, 60};

  private final LongSupplier nanoTime;
  private final RequestWindow all;
  private final ConcurrentMap<String, RequestWindow> routes = new ConcurrentHashMap<>();
  private volatile @Nullable Answer minute;
  private volatile @Nullable Answer judged;

  /** A summary and what it was made for. Immutable. */
  private static final class Answer {
    final WindowSummary summary;
    final long minimumSamples;
    final long nanos;

    Answer(WindowSummary summary, long minimumSamples, long nanos) {
      this.summary = summary;
      this.minimumSamples = minimumSamples;
      this.nanos = nanos;
    }

    boolean serves(long wantedSamples, long nowNanos) {
      return minimumSamples == wantedSamples && nowNanos - nanos < FRESH_NANOS;
    }
  }

  RequestWindows(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.all = RequestWindow.fine(nanoTime.getAsLong());
  }

  /** A finished server exchange, its route settled. */
  void add(Exchange exchange) {
    all.add(exchange);
    String route = exchange.route();
    RequestWindow window = route == null ? null : routes.get(route);
    (window == null ? begin(route) : window).add(exchange);
  }

  private RequestWindow begin(@Nullable String route) {
    String name = route == null || routes.size() >= MAX_ROUTES - 1 ? OTHER : route;
    return routes.computeIfAbsent(name, r -> RequestWindow.coarse(nanoTime.getAsLong()));
  }

  /** Of all routes, now. */
  WindowSummary all(Span span) {
    return span == Span.MINUTE ? minute() : all.summary(span.seconds, nanoTime.getAsLong());
  }

  private WindowSummary minute() {
    long now = nanoTime.getAsLong();
    Answer last = minute;
    if (last == null || !last.serves(0, now)) {
      last = new Answer(all.summary(Span.MINUTE.seconds, now), 0, now);
      minute = last;
    }
    return last.summary;
  }

  /** Of one route, now; null when there was no request of it. */
  @Nullable WindowSummary route(String route, Span span) {
    RequestWindow window = routes.get(route);
    return window == null ? null : window.summary(span.seconds, nanoTime.getAsLong());
  }

  /** The routes with the most requests in the last five minutes. */
  List<String> busiest(int count) {
    long now = nanoTime.getAsLong();
    Map<String, Long> byRoute = new HashMap<>();
    routes.forEach(
        (route, window) ->
            byRoute.put(route, window.summary(Span.FIVE_MINUTES.seconds, now).count));
    List<Map.Entry<String, Long>> counts = new ArrayList<>(byRoute.entrySet());
    counts.sort(Map.Entry.<String, Long>comparingByValue().reversed());
    List<String> busiest = new ArrayList<>();
    for (Map.Entry<String, Long> entry : counts.subList(0, Math.min(count, counts.size()))) {
      busiest.add(entry.getKey());
    }
    return busiest;
  }

  /**
   * What a status rests on: the shortest of 10, 20, 30 and 60 s that has seen enough. The shorter
   * it is, the sooner a recovery is noticed. Of silence the shortest: no samples.
   */
  WindowSummary judged(long minimumSamples) {
    long now = nanoTime.getAsLong();
    Answer last = judged;
    if (last == null || !last.serves(minimumSamples, now)) {
      last = new Answer(judge(minimumSamples, now), minimumSamples, now);
      judged = last;
    }
    return last.summary;
  }

  private WindowSummary judge(long minimumSamples, long now) {
    WindowSummary shortest = all.summary(JUDGED_SECONDS[0], now);
    WindowSummary summary = shortest;
    for (int i = 1; i < JUDGED_SECONDS.length && summary.count < minimumSamples; i++) {
      if (shortest.count == 0) {
        return shortest;
      }
      summary = all.summary(JUDGED_SECONDS[i], now);
    }
    return summary;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.recording.Exchange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which requests make an access event: a share of those that went well, by route; all that failed
 * and all that were slow. Immutable.
 *
 * <p>The trace's id decides: of one trace, services that keep the same share keep the same
 * requests.
 */
public final class AccessSampler {

  /** Whether there are access events. */
  public enum Mode {
    ALL,
    /** Status 400 and above, none at all, or an exception escaped. */
    ERRORS,
    OFF
  }

  private static final String BELOW = "/*";

  /** 53 bits are what a double holds. */
  private static final double TO_SHARE = 1.0 / (1L << 53);

  private final Mode mode;
  private final double others;
  private final long slowNanos;

  /** The longest first. Without the star: {@code /orders/}. */
  private final String[] routes;

  private final boolean[] below;
  private final double[] shares;

  private AccessSampler(Mode mode, double others, Map<String, Double> byRoute, long slowNanos) {
    List<String> sorted = new ArrayList<>(byRoute.keySet());
    sorted.sort(Comparator.comparingInt(String::length).reversed());
    this.mode = mode;
    this.others = others;
    this.slowNanos = slowNanos;
    this.routes = new String[sorted.size()];
    this.below = new boolean[routes.length];
    this.shares = new double[routes.length];
    for (int i = 0; i < routes.length; i++) {
      String route = sorted.get(i);
      below[i] = route.endsWith(BELOW);
      routes[i] = below[i] ? route.substring(0, route.length() - 1) : route;
      shares[i] = byRoute.get(route);
    }
  }

  /** All or none of what the mode allows; what takes a second is slow. */
  public static AccessSampler from(Mode mode) {
    return from(mode, 1, Collections.<String, Double>emptyMap(), 1_000_000_000L);
  }

  /**
   * @param others share that is kept of requests whose route is not named, 0 to 1
   * @param byRoute share by route, {@code /orders/{id}}, or by all below one, {@code /orders/*};
   *     the longest that matches counts
   * @param slowNanos a request that took so long is slow
   */
  public static AccessSampler from(
      Mode mode, double others, Map<String, Double> byRoute, long slowNanos) {
    return new AccessSampler(mode, others, byRoute, slowNanos);
  }

  /** The share of requests like this one that is kept: 0 none, 1 all. Allocates nothing. */
  double share(Exchange exchange) {
    if (mode == Mode.OFF) {
      return 0;
    }
    if (failed(exchange)) {
      return 1;
    }
    return mode == Mode.ERRORS ? 0 : slow(exchange) ? 1 : shareOf(exchange.route());
  }

  /** Whether this one is kept, with {@link #share} of its kind. */
  static boolean keeps(Exchange exchange, double share) {
    return share >= 1 || (mixed(exchange.traceId()) >>> 11) * TO_SHARE < share;
  }

  /** True when what is not kept was left out of a sample. */
  boolean samples() {
    return mode == Mode.ALL;
  }

  boolean slow(Exchange exchange) {
    return exchange.durationNanos() >= slowNanos;
  }

  private double shareOf(@Nullable String route) {
    for (int i = 0; route != null && i < routes.length; i++) {
      if (below[i] ? route.startsWith(routes[i]) : route.equals(routes[i])) {
        return shares[i];
      }
    }
    return others;
  }

  private static boolean failed(Exchange exchange) {
    int status = exchange.status();
    return status == 0 || status >= 400 || exchange.thrown() != null;
  }

  /** Some callers count their ids up. The last step of MurmurHash3. */
  private static long mixed(long id) {
    long mixed = (id ^ id >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}

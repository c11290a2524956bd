// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.ConnectionSource;
import io.sonde.agent.recording.HolderTable;
import io.sonde.agent.recording.LiveTable;
import io.sonde.agent.recording.PoolUse;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who has the connections of a pool or store, and whose requests wait for one. */
final class Holders {

  private static final int MAX_HOLDERS = 5;
  private static final int MAX_ENDPOINTS = 5;

  private final HolderTable table;
  private final LiveTable live;
  private final Supplier<PoolLimits> limits;

  Holders(HolderTable table, LiveTable live, Supplier<PoolLimits> limits) {
    this.table = table;
    this.live = live;
    this.limits = limits;
  }

  /** Those who have held one for so long that they may be shown; the longest first. */
  List<PoolUse> of(ConnectionSource source) {
    PoolLimits now = limits.get();
    return table.of(source, Math.min(now.heldAfterMillis, now.leakAfterMillis));
  }

  long leakSuspects(List<PoolUse> held) {
    long now = System.nanoTime();
    return held.stream().filter(use -> use.heldMillis(now) >= limits.get().leakAfterMillis).count();
  }

  /** For the document: route, thread and how long; null when there is none. */
  @Nullable List<Map<String, Object>> shown(List<PoolUse> held) {
    long now = System.nanoTime();
    List<Map<String, Object>> holders =
        held.stream()
            .filter(use -> use.heldMillis(now) >= limits.get().heldAfterMillis)
            .limit(MAX_HOLDERS)
            .map(use -> holder(use, now))
            .collect(Collectors.toList());
    return holders.isEmpty() ? null : holders;
  }

  /**
   * Routes of the requests that wait for one now, then of those that did within the last minute;
   * null when there is none.
   */
  @Nullable List<String> affected(ConnectionSource source, PoolUses.@Nullable Summary use) {
    Set<String> routes = new LinkedHashSet<>();
    live.forEach(
        exchange -> {
          if (exchange.waitsFor(source) && !exchange.probe()) {
            routes.add(exchange.routeSoFar());
          }
        });
    if (use != null) {
      routes.addAll(use.affectedRoutes);
    }
    return routes.isEmpty()
        ? null
        : routes.stream().limit(MAX_ENDPOINTS).collect(Collectors.toList());
  }

  private static Map<String, Object> holder(PoolUse use, long now) {
    Map<String, Object> holder = new LinkedHashMap<>();
    String route = use.route();
    if (route != null) {
      holder.put("route", route);
    }
    holder.put("thread", use.threadName());
    holder.put("heldMillis", use.heldMillis(now));
    return holder;
  }
}

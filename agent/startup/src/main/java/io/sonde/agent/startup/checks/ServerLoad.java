// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.ServerTable;
import io.sonde.health.CheckResult;
import io.sonde.health.Hysteresis;
import io.sonde.health.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The servers' part of {@code http.server:connections}: open sockets and busy threads, and a
 * warning when one server has used more than 90 % of either for 15 s.
 */
final class ServerLoad implements ServerThreads {

  /** As many as there is room for in the document. */
  private static final int MAX_SHOWN = 8;

  private final ServerTable servers;
  private final Hysteresis saturation;
  private volatile ServerTable.Loads loads = ServerTable.Loads.NONE;
  private ServerTable.@Nullable Load fullest;
  private boolean ofThreads;
  private int busy = -1;
  private int max = -1;

  ServerLoad(ServerTable servers, Supplier<Thresholds> thresholds) {
    this.servers = servers;
    this.saturation = Hysteresis.following(() -> thresholds.get().serverLoad);
  }

  /** Once a tick, on the health thread. */
  Status tick(long nowNanos) {
    ServerTable.Loads now = servers.loads();
    loads = now;
    double highest = 0;
    double busiest = 0;
    fullest = null;
    busy = -1;
    max = -1;
    for (ServerTable.Load server : now.each) {
      double sockets = percent(server.openSockets, server.maxSockets);
      double threads = percent(server.busyThreads, server.maxThreads);
      if (threads > busiest) {
        busiest = threads;
        busy = server.busyThreads;
        max = server.maxThreads;
      }
      if (Math.max(sockets, threads) > highest) {
        highest = Math.max(sockets, threads);
        fullest = server;
        ofThreads = threads >= sockets;
      }
    }
    return saturation.tick(highest, Long.MAX_VALUE, nowNanos);
  }

  /** Of the busiest server: a sum would hide one that is full behind one that is not. */
  @Override
  public int busy() {
    return busy;
  }

  @Override
  public int max() {
    return max;
  }

  /** What the last tick saw as the fullest, e.g. {@code http-nio-8080: 10 of 10 threads busy}. */
  @Nullable String output() {
    return fullest == null ? null : describe(fullest, ofThreads);
  }

  /**
   * The sums over all servers, as of the last tick; what nobody tells is left out. Any thread: a
   * document does not wait for a lock of somebody's thread pool.
   */
  void addTo(CheckResult.Builder result) {
    add(loads.total, result);
  }

  /** One for each server, when there are several that tell something. */
  List<CheckResult> each(String key) {
    List<ServerTable.Load> servers = loads.each;
    if (servers.size() < 2) {
      return Collections.emptyList();
    }
    List<CheckResult> results = new ArrayList<>();
    for (ServerTable.Load server : servers) {
      if (results.size() < MAX_SHOWN && (server.openSockets >= 0 || server.busyThreads >= 0)) {
        CheckResult.Builder result = CheckResult.of(key).componentType("component");
        add(server, result.componentId(server.kind + '/' + server.name));
        results.add(result.build());
      }
    }
    return results.size() > 1 ? results : Collections.emptyList();
  }

  private static void add(ServerTable.Load load, CheckResult.Builder result) {
    result
        .with("openSockets", known(load.openSockets))
        .with("max", known(load.maxSockets))
        .with("busyThreads", known(load.busyThreads))
        .with("maxThreads", known(load.maxThreads));
  }

  private static String describe(ServerTable.Load server, boolean threads) {
    return server.name
        + ": "
        + (threads ? server.busyThreads : server.openSockets)
        + " of "
        + (threads ? server.maxThreads + " threads busy" : server.maxSockets + " sockets open");
  }

  private static double percent(int used, int max) {
    return used < 0 || max <= 0 ? 0 : 100.0 * used / max;
  }

  private static @Nullable Integer known(int number) {
    return number < 0 ? null : number;
  }
}

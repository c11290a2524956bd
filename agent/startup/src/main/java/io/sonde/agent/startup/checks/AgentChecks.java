// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.CheckTable;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Exporter;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.LiveTable;
import io.sonde.agent.recording.Pipeline;
import io.sonde.agent.recording.PoolTable;
import io.sonde.agent.recording.PoolUse;
import io.sonde.agent.recording.ServerTable;
import io.sonde.agent.recording.StoreTable;
import io.sonde.health.Health;
import io.sonde.health.HealthCheck;
import io.sonde.health.Hysteresis;
import io.sonde.health.JvmChecks;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the agent knows about its application's health. As an exporter it keeps the windows, on the
 * pipeline's thread; as checks it reads them, on the health thread.
 */
public final class AgentChecks implements Exporter {

  /** With more of it, what has happened is not counted yet, and silence means nothing. */
  private static final long MAX_LAG_MILLIS = 2_000;

  /** All windows that statuses depend on are empty then, and what they counted was judged. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(75);

  private final RequestWindows requests = new RequestWindows(System::nanoTime);
  private final PoolUses poolUses = new PoolUses(System::nanoTime);
  private volatile long lastCompletedNanos = System.nanoTime();
  private volatile long lastPoolNanos = lastCompletedNanos;
  private long lastPublishNanos;

  @Override
  public String name() {
    return "health";
  }

  @Override
  public void exchange(Exchange exchange) {
    if (exchange.kind() == Exchange.Kind.SERVER && !exchange.probe()) {
      requests.add(exchange);
      lastCompletedNanos = exchange.startNanos() + exchange.durationNanos();
    }
  }

  @Override
  public void pool(PoolUse use) {
    poolUses.add(use);
    lastPoolNanos = use.askedNanos();
  }

  @Override
  public void tick(long nowNanos) {
    if (nowNanos - lastPublishNanos >= TimeUnit.SECONDS.toNanos(1)) {
      lastPublishNanos = nowNanos;
      poolUses.publish(nowNanos);
    }
  }

  /**
   * Adds the checks of the contract.
   *
   * @param thresholds the current ones, asked at each tick
   */
  public void addTo(
      Health health,
      Supplier<Thresholds> thresholds,
      LiveTable live,
      ServerTable servers,
      PoolTable pools,
      Ledger ledger,
      Pipeline pipeline) {
    LongSupplier clock = System::nanoTime;
    Traffic traffic =
        new Traffic(
            live, () -> lastCompletedNanos, () -> pipeline.lagMillis() < MAX_LAG_MILLIS, clock);
    ServerLoad load = new ServerLoad(servers, thresholds);
    StuckRequests stuck = new StuckRequests(traffic, load, thresholds);
    add(health, ConnectionsCheck.KEY, new ConnectionsCheck(stuck, load));
    add(health, ResponseTimeCheck.KEY, new ResponseTimeCheck(requests, traffic, thresholds, clock));
    add(health, BadRequestsCheck.KEY, new BadRequestsCheck(requests, thresholds, clock));
    add(
        health,
        "memory:heapAfterGc",
        JvmChecks.heapAfterGc(Hysteresis.following(() -> thresholds.get().heap)));
    add(
        health,
        "pools",
        new PoolsCheck(pools, poolUses, live, () -> thresholds.get().pools, clock));
    add(health, DeliveryCheck.KEY, new DeliveryCheck(ledger, pipeline));
    health.restWhen(() -> traffic.isIdle() && isQuiet(System.nanoTime()));
  }

  /** Neither a request nor a connection of a pool for a while. */
  boolean isQuiet(long nowNanos) {
    return nowNanos - lastCompletedNanos > QUIET_NANOS && nowNanos - lastPoolNanos > QUIET_NANOS;
  }

  /** Adds the checks of Redis', MongoDB's and Kafka's clients. */
  public void addStores(
      Health health, StoreTable stores, LiveTable live, Supplier<Thresholds> thresholds) {
    add(health, "stores", new StoresCheck(stores, poolUses, live, () -> thresholds.get().pools));
  }

  /** After all of Sonde's own: their names are taken then. */
  public void addTo(Health health, CheckTable ofApplication) {
    add(health, ApplicationChecks.KEY, new ApplicationChecks(health, ofApplication));
  }

  private static void add(Health health, String name, HealthCheck check) {
    health.add(name, check);
  }
}

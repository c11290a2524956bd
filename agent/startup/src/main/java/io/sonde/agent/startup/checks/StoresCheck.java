// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.LiveTable;
import io.sonde.agent.recording.PoolUse;
import io.sonde.agent.recording.Store;
import io.sonde.agent.recording.StoreTable;
import io.sonde.health.CheckResult;
import io.sonde.health.HealthCheck;
import io.sonde.health.Hysteresis;
import io.sonde.health.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code <name>:connections}, one per client of Redis, MongoDB or Kafka, from its getters and from
 * what was observed: nothing is borrowed and no command is sent.
 *
 * <p>Soft: it stops at warn, but for those that the service requires. The same dead Redis must not
 * take every instance out.
 */
final class StoresCheck implements HealthCheck {

  private static final String CONNECTED = "CONNECTED";

  /** What is remembered of one name from tick to tick. */
  private final class Signals {
    final Hysteresis down = Hysteresis.warnAbove(1, 1).build();
    final Hysteresis saturated = Hysteresis.following(() -> limits.get().saturated);
    final Hysteresis slow = Hysteresis.following(() -> limits.get().slow);
    final Hysteresis late = Hysteresis.warnAbove(1, 1).build();

    boolean settled() {
      return down.settled() && saturated.settled() && slow.settled() && late.settled();
    }
  }

  private final StoreTable stores;
  private final PoolUses uses;
  private final Holders holders;
  private final Supplier<PoolLimits> limits;
  private final LongSupplier epochMillis;
  private final LongSupplier nanos;
  private final Map<String, Signals> signals = new HashMap<>();

  StoresCheck(StoreTable stores, PoolUses uses, LiveTable live, Supplier<PoolLimits> limits) {
    this(stores, uses, live, limits, System::currentTimeMillis, System::nanoTime);
  }

  StoresCheck(
      StoreTable stores,
      PoolUses uses,
      LiveTable live,
      Supplier<PoolLimits> limits,
      LongSupplier epochMillis,
      LongSupplier nanos) {
    this.stores = stores;
    this.uses = uses;
    this.holders = new Holders(stores.holders(), live, limits);
    this.limits = limits;
    this.epochMillis = epochMillis;
    this.nanos = nanos;
  }

  @Override
  public CheckResult check() {
    throw new UnsupportedOperationException("several: see results");
  }

  @Override
  public List<CheckResult> results() {
    long now = epochMillis.getAsLong();
    Map<String, List<Store>> byName = new LinkedHashMap<>();
    for (Store store : stores.tick(now)) {
      byName.computeIfAbsent(store.name(), name -> new ArrayList<>(1)).add(store);
    }
    signals.keySet().retainAll(byName.keySet());
    List<CheckResult> results = new ArrayList<>();
    byName.forEach((name, clients) -> results.add(result(name, clients, now)));
    return results;
  }

  @Override
  public boolean settled() {
    return signals.values().stream().allMatch(Signals::settled);
  }

  private CheckResult result(String name, List<Store> clients, long now) {
    Signals signal = signals.computeIfAbsent(name, n -> new Signals());
    Store first = clients.get(0);
    Map<String, Object> facts = facts(clients);
    PoolUses.Summary use = uses.of(name);
    double p95 = use == null ? 0 : use.acquireP95Millis;
    boolean failing = failing(clients, now);
    List<String> reasons = new ArrayList<>();
    Status status = status(name, signal, facts, failing, p95, reasons);
    Store failed = latest(clients);
    String failure = failed.lastFailure();
    if (status != Status.PASS && failure != null) {
      reasons.add("last failure " + failure);
    }
    CheckResult.Builder result =
        CheckResult.pool(name)
            .componentId(first.kind() + '/' + name)
            .status(status)
            .output(status == Status.PASS ? null : String.join("; ", reasons))
            .observed(facts.getOrDefault("active", facts.get("open")), "connections");
    facts.forEach(result::with);
    List<PoolUse> held = holders.of(first);
    return result
        .with("acquireP95", use == null ? null : ResponseTimeCheck.rounded(p95))
        .with("acquireMax", use == null ? null : ResponseTimeCheck.rounded(use.acquireMaxMillis))
        .with("timeouts", use == null ? null : use.timeouts)
        .with("leakSuspects", use == null ? null : holders.leakSuspects(held))
        .with("lastSuccess", time(lastSuccess(clients)))
        .with("lastFailure", time(failed.lastFailureMillis()))
        .with("affectedEndpoints", status == Status.PASS ? null : holders.affected(first, use))
        .with("failure", failure)
        .detail("holders", holders.shown(held))
        .build();
  }

  private Status status(
      String name,
      Signals signal,
      Map<String, Object> facts,
      boolean failing,
      double p95,
      List<String> reasons) {
    Object state = facts.get("state");
    boolean down = state != null && !state.equals(CONNECTED);
    boolean saturated = saturated(facts);
    boolean late = facts.containsKey("late");
    Status downStatus = tick(signal.down, down || failing);
    Status fullStatus = tick(signal.saturated, saturated);
    Status slowStatus = signal.slow.tick(p95, Long.MAX_VALUE, nanos());
    Status lateStatus = tick(signal.late, late);
    if (downStatus != Status.PASS) {
      downStatus = limits.get().requires(name) ? Status.FAIL : downStatus;
      reasons.add(
          down ? String.valueOf(state) : failing ? "the last attempt failed" : "was unreachable");
    }
    if (fullStatus != Status.PASS) {
      reasons.add(facts.get("active") + " busy, " + facts.get("waiting") + " waiting");
    }
    if (slowStatus != Status.PASS) {
      reasons.add("95 % of connections within " + ResponseTimeCheck.rounded(p95) + " ms");
    }
    if (lateStatus != Status.PASS) {
      reasons.add(
          "last poll "
              + facts.get("lastPoll")
              + "s ago, max.poll.interval is "
              + facts.get("maxPollInterval")
              + "s");
    }
    return Status.worst(Status.worst(downStatus, fullStatus), Status.worst(slowStatus, lateStatus));
  }

  private Status tick(Hysteresis signal, boolean bad) {
    return signal.tick(bad ? 1 : 0, Long.MAX_VALUE, nanos());
  }

  private long nanos() {
    return nanos.getAsLong();
  }

  /** Numbers of several connections are added up; of their states the first bad one is shown. */
  private static Map<String, Object> facts(List<Store> clients) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Store client : clients) {
      client.read().forEach((name, value) -> all.merge(name, value, StoresCheck::both));
    }
    return all;
  }

  private static Object both(Object one, Object other) {
    if (one instanceof Number && other instanceof Number) {
      return ((Number) one).longValue() + ((Number) other).longValue();
    }
    return one.equals(CONNECTED) ? other : one;
  }

  private static boolean saturated(Map<String, Object> facts) {
    Object max = facts.get("max");
    return number(facts.get("waiting")) > 0
        && number(facts.get("idle")) == 0
        && (max == null || number(facts.get("active")) >= number(max));
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number ? ((Number) value).longValue() : -1;
  }

  private static boolean failing(List<Store> clients, long now) {
    for (Store client : clients) {
      if (client.failing(now)) {
        return true;
      }
    }
    return false;
  }

  private static Store latest(List<Store> clients) {
    Store latest = clients.get(0);
    for (Store client : clients) {
      latest = client.lastFailureMillis() > latest.lastFailureMillis() ? client : latest;
    }
    return latest;
  }

  private static long lastSuccess(List<Store> clients) {
    long last = 0;
    for (Store client : clients) {
      last = Math.max(last, client.lastSuccessMillis());
    }
    return last;
  }

  private static @Nullable String time(long epochMillis) {
    return epochMillis == 0 ? null : Instant.ofEpochSecond(epochMillis / 1_000).toString();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.exporter.statsd.StatsdExporter;
import io.sonde.agent.recording.Exporter;
import io.sonde.agent.recording.Store;
import io.sonde.agent.recording.StoreTable;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The gauges of those clients of data stores that are pools, the same as of JDBC pools: {@code
 * pool.active}, {@code .idle}, {@code .max}, {@code .waiting}. On the pipeline's thread.
 */
final class StoreGauges implements Exporter {

  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MAX_NAMES = 256;

  private final StoreTable stores;
  private final StatsdExporter statsd;
  private final Set<String> registered = new HashSet<>();
  private long lastNanos = System.nanoTime() - EVERY_NANOS;

  StoreGauges(StoreTable stores, StatsdExporter statsd) {
    this.stores = stores;
    this.statsd = statsd;
  }

  @Override
  public String name() {
    return "store-gauges";
  }

  @Override
  public void tick(long nowNanos) {
    if (nowNanos - lastNanos < EVERY_NANOS) {
      return;
    }
    lastNanos = nowNanos;
    for (Store store : stores.stores()) {
      if (!registered.contains(store.name()) && registered.size() < MAX_NAMES) {
        register(store);
      }
    }
  }

  private void register(Store store) {
    if (!store.read().containsKey("idle")) {
      return;
    }
    registered.add(store.name());
    gauge(store.name(), "active");
    gauge(store.name(), "idle");
    gauge(store.name(), "max");
    gauge(store.name(), "waiting");
  }

  /** By name: the client that has it may be another later. Not a number: nothing is sent. */
  private void gauge(String name, String item) {
    Map<String, String> tags = Collections.singletonMap("pool", name);
    statsd.gauge("pool." + item, tags, () -> value(stores.named(name), item));
  }

  private static double value(@Nullable Store store, String item) {
    Object value = store == null ? null : store.read().get(item);
    return value instanceof Number ? ((Number) value).doubleValue() : Double.NaN;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Rendering {@code /health}. */
@State(Scope.Benchmark)
public class HealthDocumentBenchmark {

  @Param({"5", "50"})
  private int pools;

  private final Health health = new Health();

  @Setup
  public void answer() {
    for (int i = 0; i < pools; i++) {
      CheckResult pool = pool(i);
      health.add(pool.key(), () -> pool);
    }
    health.tick();
  }

  private static CheckResult pool(int i) {
    return CheckResult.pool("orders-db-" + i)
        .componentId("hikari/orders-db-" + i)
        .status(i % 10 == 3 ? Status.WARN : Status.PASS)
        .output(i % 10 == 3 ? "20 busy, 7 waiting" : null)
        .observed(20, "connections")
        .with("active", 20)
        .with("idle", 0)
        .with("max", 20)
        .with("waiting", 7)
        .with("acquireP95", 1_900)
        .with("timeouts", 3)
        .with("lastSuccess", "2026-11-25T00:41:53Z")
        .build();
  }

  @Benchmark
  public String full() {
    return health.report().json();
  }

  @Benchmark
  public String brief() {
    return health.report().brief();
  }
}

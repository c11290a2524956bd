// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.healthchecks;

import io.sonde.health.CheckResult;
import io.sonde.health.Health;
import io.sonde.health.HealthCheck;
import io.sonde.health.Status;

/** An application's check. Runs in a class loader of its own: see the test. */
public final class QueueCheck implements HealthCheck, Runnable {

  static final String NAME = "orders:queue";

  @Override
  public void run() {
    Health.register(NAME, this);
  }

  @Override
  public CheckResult check() {
    return CheckResult.of(NAME)
        .status(Status.WARN)
        .observed(17, "jobs")
        .output("seventeen wait")
        .with("oldest", 4_000L)
        .build();
  }

  /** Takes it away again. */
  public static final class Gone implements Runnable {
    @Override
    public void run() {
      Health.unregister(NAME);
    }
  }
}

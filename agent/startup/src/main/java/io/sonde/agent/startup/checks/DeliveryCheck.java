// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.Pipeline;
import io.sonde.health.CheckResult;
import io.sonde.health.HealthCheck;
import io.sonde.health.Status;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code agent:delivery}: the share of items that Sonde lost, the state of each destination and the
 * pipeline's lag. Always passes: the agent's trouble is shown, but is not the service's.
 */
final class DeliveryCheck implements HealthCheck {

  static final String KEY = "agent:delivery";

  private final Ledger ledger;
  private final Pipeline pipeline;

  DeliveryCheck(Ledger ledger, Pipeline pipeline) {
    this.ledger = ledger;
    this.pipeline = pipeline;
  }

  @Override
  public CheckResult check() {
    long taken = 0;
    long dropped = 0;
    Map<String, Object> sinks = new TreeMap<>();
    for (Ledger.Account account : ledger.accounts()) {
      taken += account.taken();
      dropped += account.dropped();
      if (!account.destination().equals("pipeline")) {
        sinks.put(account.destination(), account.state());
      }
    }
    return CheckResult.of(KEY)
        .componentType("component")
        .status(Status.PASS)
        .observed(
            taken == 0 ? 0 : ResponseTimeCheck.rounded(100.0 * dropped / taken), "percent lost")
        .with("lost", dropped)
        .with("lagMillis", pipeline.lagMillis())
        .with("sinks", sinks)
        .build();
  }
}

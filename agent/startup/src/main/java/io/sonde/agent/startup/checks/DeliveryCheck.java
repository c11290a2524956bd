// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.Pipeline;
import io.sonde.health.CheckResult;
import io.sonde.health.HealthCheck;
import io.sonde.health.Status;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code agent:delivery}: the share of items that Sonde lost, the state of each destination and the
 * pipeline's lag. Always passes: the agent's trouble is shown, but is not the service's.
 */
final class DeliveryCheck implements HealthCheck {

  static final String KEY = "agent:delivery";

  private final Ledger ledger;
  private final Pipeline pipeline;
  private @Nullable CheckResult last;

  DeliveryCheck(Ledger ledger, Pipeline pipeline) {
    this.ledger = ledger;
    this.pipeline = pipeline;
  }

  /** Its numbers are of no use but in a document, which has new ones. */
  @Override
  public CheckResult check() {
    if (last == null) {
      last = result();
    }
    return last;
  }

  @Override
  public List<CheckResult> refresh(List<CheckResult> before) {
    return Collections.singletonList(result());
  }

  private CheckResult result() {
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

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.CheckTable;
import io.sonde.health.CheckResult;
import io.sonde.health.Health;
import io.sonde.health.HealthCheck;
import io.sonde.health.Status;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds the checks that the application has registered to Sonde's own, and takes them away again.
 * Looks every tick: registering costs the application nothing. Says something itself only when
 * there were too many.
 */
final class ApplicationChecks implements HealthCheck {

  static final String KEY = "health:applicationChecks";

  private final Health health;
  private final CheckTable table;
  private final Map<CheckTable.Check, String> added = new LinkedHashMap<>();

  ApplicationChecks(Health health, CheckTable table) {
    this.health = health;
    this.table = table;
  }

  @Override
  public CheckResult check() {
    throw new UnsupportedOperationException("one or none: see results");
  }

  @Override
  public List<CheckResult> results() {
    List<CheckTable.Check> now = table.checks();
    removeAllBut(now);
    for (CheckTable.Check check : now) {
      if (!added.containsKey(check)) {
        String name = free(check.name());
        health.add(name, new ApplicationCheck(check));
        added.put(check, name);
      }
    }
    return table.refused() == 0 ? Collections.emptyList() : Collections.singletonList(tooMany());
  }

  /** What they count is their own affair: they are asked at the pace that they were promised. */
  @Override
  public boolean settled() {
    return added.isEmpty();
  }

  private void removeAllBut(List<CheckTable.Check> now) {
    HashSet<CheckTable.Check> current = new HashSet<>(now);
    added
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !current.contains(entry.getKey());
              if (gone) {
                health.remove(entry.getValue());
              }
              return gone;
            });
  }

  /** The name itself, unless it is one of ours or another application's. */
  private String free(String name) {
    String candidate = name;
    for (int n = 2; health.contains(candidate); n++) {
      candidate = name + '-' + n;
    }
    return candidate;
  }

  private CheckResult tooMany() {
    return CheckResult.of(KEY)
        .status(Status.WARN)
        .observed(table.refused(), "checks")
        .output("checks of the application left out: too many are registered")
        .build();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.CheckTable;
import io.sonde.health.CheckResult;
import io.sonde.health.HealthCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A check of the application, whose classes are not ours: it answers in maps. Runs with the context
 * class loader that its code expects.
 */
final class ApplicationCheck implements HealthCheck {

  private final CheckTable.Check check;
  private volatile boolean liveness;

  ApplicationCheck(CheckTable.Check check) {
    this.check = check;
  }

  @Override
  public CheckResult check() {
    throw new UnsupportedOperationException("several: see results");
  }

  @Override
  public List<CheckResult> results() {
    Supplier<?> supplier = check.supplier();
    if (supplier == null) {
      return Collections.emptyList();
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(supplier.getClass().getClassLoader());
    try {
      return read((List<?>) supplier.get());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** As the check last said. */
  @Override
  public boolean liveness() {
    return liveness;
  }

  private List<CheckResult> read(List<?> answers) {
    List<CheckResult> results = new ArrayList<>();
    boolean vital = false;
    for (Object answer : answers) {
      Map<?, ?> map = (Map<?, ?>) answer;
      results.add(CheckResult.of(String.valueOf(map.get("key")), (Map<?, ?>) map.get("result")));
      vital |= Boolean.TRUE.equals(map.get("liveness"));
    }
    liveness = vital;
    return results;
  }
}

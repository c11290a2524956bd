// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.prometheus;

import io.sonde.dashboards.Store.Scope;
import java.util.ArrayList;
import java.util.List;

/** What stands in braces: {@code {service=~"$service",class=~"5xx|err"}}. */
final class Selector {

  private final List<String> conditions = new ArrayList<>();
  private final Scope scope;

  /**
   * @param scope with {@link Scope#ALL} no variable restricts anything
   */
  Selector(Scope scope) {
    this.scope = scope;
  }

  Selector services() {
    return where("service", List.of("$service"));
  }

  Selector chosen() {
    return services().where("instance", List.of("$instance"));
  }

  Selector where(String label, List<String> values) {
    boolean variable = values.get(0).startsWith("$");
    if (variable && scope == Scope.ALL) {
      return this;
    }
    String operator = variable || values.size() > 1 ? "=~" : "=";
    return also(label + operator + '"' + String.join("|", values) + '"');
  }

  /**
   * @param condition as PromQL has it; empty: none
   */
  Selector also(String condition) {
    if (!condition.isEmpty()) {
      conditions.add(condition);
    }
    return this;
  }

  @Override
  public String toString() {
    return conditions.isEmpty() ? "" : "{" + String.join(",", conditions) + "}";
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.prometheus;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sonde.dashboards.Alert;
import io.sonde.dashboards.Store.Scope;
import java.util.List;

/** {@code rules.yml}: the alerts that Grafana has, for whose Prometheus alerts by itself. */
final class Rules {

  private Rules() {}

  static ObjectNode file(List<Alert> alerts) {
    ObjectNode file = JsonNodeFactory.instance.objectNode();
    ObjectNode group = file.putArray("groups").addObject().put("name", "sonde");
    ArrayNode rules = group.putArray("rules");
    for (Alert alert : alerts) {
      rules.add(rule(alert));
    }
    return file;
  }

  private static ObjectNode rule(Alert alert) {
    String expression = Prometheus.expression(alert.question(), Scope.ALL);
    ObjectNode rule = JsonNodeFactory.instance.objectNode();
    rule.put("alert", name(alert.name()));
    rule.put("expr", "(%s) %s %s".formatted(expression, alert.above() ? ">" : "<", number(alert)));
    rule.put("for", alert.forMinutes() + "m");
    rule.putObject("labels").put("severity", alert.severity());
    rule.putObject("annotations")
        .put(
            "summary",
            alert.summary() + ": " + new Prometheus().seriesInAlert(alert.question().by()))
        .put("description", alert.whatToDo());
    return rule;
  }

  private static String number(Alert alert) {
    double threshold = alert.threshold();
    return threshold == Math.rint(threshold) ? String.valueOf((long) threshold) : "" + threshold;
  }

  /** {@code Pool is used up} is {@code SondePoolIsUsedUp}. */
  private static String name(String words) {
    StringBuilder name = new StringBuilder("Sonde");
    for (String word : words.split(" ")) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return name.toString();
  }
}

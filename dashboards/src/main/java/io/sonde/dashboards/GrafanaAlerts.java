// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * Alert rules as Grafana provisions them. They have no variables and are asked for nothing: the
 * data source is the one of the provisioning files beside them, by its uid {@code sonde-<store>}.
 */
final class GrafanaAlerts {

  /** Of what there is in that time the mean counts: an idle series has no points, and no zeros. */
  private static final int LOOK_BACK_SECONDS = 300;

  /** {@link Question.Gone} must see an instance that was there. */
  private static final int LONG_SECONDS = 900;

  private final Store store;

  GrafanaAlerts(Store store) {
    this.store = store;
  }

  ObjectNode file(List<Alert> alerts) {
    ObjectNode file = JsonNodeFactory.instance.objectNode();
    file.put("apiVersion", 1);
    ObjectNode group = file.putArray("groups").addObject();
    group.put("orgId", 1).put("name", "Sonde (" + store.title() + ")").put("folder", "Sonde");
    group.put("interval", "1m");
    ArrayNode rules = group.putArray("rules");
    for (Alert alert : alerts) {
      store
          .target(new Line(words(alert), alert.question()), Store.Scope.ALL)
          .ifPresent(target -> rules.add(rule(alert, target)));
    }
    return file;
  }

  /** The labels, which is what a series of an alert is called by. */
  private static String words(Alert alert) {
    StringBuilder words = new StringBuilder();
    for (String label : alert.question().by()) {
      words.append(words.length() == 0 ? "" : " ").append('{').append(label).append('}');
    }
    return words.toString();
  }

  private ObjectNode rule(Alert alert, ObjectNode target) {
    ObjectNode rule = JsonNodeFactory.instance.objectNode();
    rule.put("uid", "sonde-" + store.folder() + "-" + slug(alert.name()));
    rule.put("title", alert.name()).put("condition", "C");
    ArrayNode data = rule.putArray("data");
    target.put("refId", "A");
    boolean gone = alert.question() instanceof Question.Gone;
    int seconds = gone ? LONG_SECONDS : LOOK_BACK_SECONDS;
    data.add(query("A", seconds, store.dataSourceUid(), target));
    data.add(query("B", seconds, "__expr__", reduce(gone ? "last" : "mean")));
    data.add(query("C", seconds, "__expr__", threshold(alert)));
    rule.put("for", alert.forMinutes() + "m").put("noDataState", "OK").put("execErrState", "Error");
    ObjectNode annotations = rule.putObject("annotations");
    annotations.put("summary", alert.summary() + ": " + store.seriesInAlert(alert.question().by()));
    annotations.put("description", alert.whatToDo());
    rule.putObject("labels").put("severity", alert.severity());
    rule.put("isPaused", false);
    return rule;
  }

  private static ObjectNode query(String refId, int seconds, String dataSource, ObjectNode model) {
    ObjectNode query = JsonNodeFactory.instance.objectNode();
    query.put("refId", refId);
    query.putObject("relativeTimeRange").put("from", seconds).put("to", 0);
    query.put("datasourceUid", dataSource);
    query.set("model", model);
    return query;
  }

  /** Of the values that there are. */
  private static ObjectNode reduce(String how) {
    ObjectNode model = JsonNodeFactory.instance.objectNode();
    model.put("refId", "B").put("type", "reduce").put("expression", "A").put("reducer", how);
    model.putObject("settings").put("mode", "dropNN");
    return model;
  }

  private static ObjectNode threshold(Alert alert) {
    ObjectNode model = JsonNodeFactory.instance.objectNode();
    model.put("refId", "C").put("type", "threshold").put("expression", "B");
    ObjectNode evaluator = model.putArray("conditions").addObject().putObject("evaluator");
    evaluator.put("type", alert.above() ? "gt" : "lt");
    evaluator.putArray("params").add(alert.threshold());
    return model;
  }

  private static String slug(String name) {
    return name.toLowerCase(Locale.ROOT).replace(' ', '-');
  }
}

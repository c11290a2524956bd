// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One metric as the agent sends it.
 *
 * @param name the logical name, as in the tag flavours
 * @param etsy its name after prefix, service and instance; {@code {key}} stands for a label's value
 * @param meaning a few words, as the exporter's README has them
 */
public record Metric(String name, Kind kind, String etsy, String meaning) {

  /** As in a statsd line. */
  public enum Kind {
    TIMER("ms"),
    COUNTER("c"),
    GAUGE("g");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    public String type() {
      return type;
    }
  }

  /**
   * Of several labels in one node of a name, those whose values may have {@code -} and {@code _}.
   */
  private static final Set<String> FREE = Set.of("check", "reason", "space");

  private static final Pattern LABEL = Pattern.compile("\\{(\\w+)}");

  /**
   * The labels in the name, in order, without {@code service} and {@code instance}, which all have.
   */
  public List<String> labels() {
    List<String> labels = new ArrayList<>();
    Matcher label = LABEL.matcher(etsy);
    while (label.find()) {
      labels.add(label.group(1));
    }
    return labels;
  }

  /**
   * True for a label that shares its node with others, and whose values have neither {@code -} nor
   * {@code _}: so the values can be told apart.
   */
  public boolean isWord(String label) {
    for (String node : etsy.split("\\.")) {
      if (node.contains("{" + label + "}")) {
        return LABEL.matcher(node).results().count() > 1 && !FREE.contains(label);
      }
    }
    return false;
  }
}

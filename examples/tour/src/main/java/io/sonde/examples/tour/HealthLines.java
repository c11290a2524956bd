// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A health document as a table, a row for each check. */
final class HealthLines {

  private static final int KEY = 27;
  private static final int VALUE = 16;
  private static final int STATUS = 5;
  private static final int INDENT = 2 + STATUS + KEY + VALUE;

  /** Told in other columns, or the same for every check. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "componentType",
          "componentId",
          "observedValue",
          "observedUnit",
          "status",
          "window",
          "warnAt");

  private final Terminal terminal;

  HealthLines(Terminal terminal) {
    this.terminal = terminal;
  }

  List<String> of(Service service, JsonNode document) {
    List<String> lines = new ArrayList<>();
    lines.add(
        status(document.path("status").asText())
            + terminal.bold(Terminal.pad(service.name(), KEY))
            + service.health());
    for (Map.Entry<String, JsonNode> check : document.path("checks").properties()) {
      check.getValue().forEach(result -> lines.addAll(lines(check.getKey(), result)));
    }
    return lines;
  }

  private List<String> lines(String key, JsonNode result) {
    String value =
        result.path("observedValue").asText() + " " + result.path("observedUnit").asText();
    String left =
        "  "
            + status(result.path("status").asText())
            + Terminal.pad(key, KEY)
            + Terminal.pad(value, VALUE);
    List<String> lines = new ArrayList<>();
    for (String details : Terminal.wrap(details(result), Terminal.WIDTH - INDENT)) {
      String start = lines.isEmpty() ? left : " ".repeat(INDENT);
      lines.add(details.isEmpty() ? start.stripTrailing() : start + terminal.dim(details));
    }
    return lines;
  }

  /** {@code count 756, mean 22.55, …}; of an object {@code statsd up}. */
  private static String details(JsonNode result) {
    List<String> details = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : result.properties()) {
      if (!ELSEWHERE.contains(field.getKey())) {
        add(details, field.getKey(), field.getValue());
      }
    }
    return String.join(", ", details);
  }

  private static void add(List<String> details, String name, JsonNode value) {
    if (value.isObject()) {
      value.properties().forEach(part -> add(details, part.getKey(), part.getValue()));
    } else {
      details.add(name + " " + value.asText());
    }
  }

  private String status(String status) {
    String padded = Terminal.pad(status, STATUS);
    return switch (status) {
      case "pass" -> terminal.good(padded);
      case "warn" -> terminal.doubtful(padded);
      default -> terminal.bad(padded);
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A health document as a table, a line for each check. */
final class HealthLines {

  private static final int KEY = 27;
  private static final int VALUE = 19;
  private static final int STATUS = 5;

  /** Told in other columns, or the same for every check. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "componentType",
          "componentId",
          "observedValue",
          "observedUnit",
          "status",
          "window",
          "warnAt",
          "sinks");

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
      check.getValue().forEach(result -> lines.add(line(check.getKey(), result)));
    }
    return lines;
  }

  private String line(String key, JsonNode result) {
    String value =
        result.path("observedValue").asText() + " " + result.path("observedUnit").asText();
    int room = Terminal.WIDTH - 2 - STATUS - KEY - VALUE;
    return "  "
        + status(result.path("status").asText())
        + Terminal.pad(key, KEY)
        + Terminal.pad(value, VALUE)
        + terminal.dim(Terminal.fit(details(result), room));
  }

  private static String details(JsonNode result) {
    List<String> details = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : result.properties()) {
      if (!ELSEWHERE.contains(field.getKey())) {
        details.add(field.getKey() + " " + field.getValue().asText());
      }
    }
    return String.join(", ", details);
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

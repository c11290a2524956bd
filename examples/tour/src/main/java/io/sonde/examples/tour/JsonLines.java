// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A JSON object for reading: a field a line, long texts cut, line breaks in texts shown. */
final class JsonLines {

  private static final int TEXT_LINES = 8;

  private final Terminal terminal;

  JsonLines(Terminal terminal) {
    this.terminal = terminal;
  }

  List<String> of(JsonNode object) {
    List<String> lines = new ArrayList<>();
    lines.add("{");
    for (Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
        fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      add(lines, field.getKey(), field.getValue(), fields.hasNext() ? "," : "");
    }
    lines.add("}");
    return lines;
  }

  private void add(List<String> lines, String key, JsonNode value, String comma) {
    List<String> text = value.isTextual() ? value.asText().lines().toList() : List.of();
    if (text.size() < 2) {
      lines.add(field(key, value + comma));
      return;
    }
    lines.add(field(key, "\"" + text.get(0)));
    for (String more : text.subList(1, Math.min(TEXT_LINES, text.size()))) {
      lines.add(cut("    " + more.strip()));
    }
    if (text.size() > TEXT_LINES) {
      lines.add(terminal.dim("    … %d lines more".formatted(text.size() - TEXT_LINES)));
    }
  }

  private String field(String key, String value) {
    String line = cut("  \"" + key + "\": " + value);
    int end = Math.min(line.length(), key.length() + 5);
    return terminal.dim(line.substring(0, end)) + line.substring(end);
  }

  private static String cut(String line) {
    return Terminal.fit(line, Terminal.WIDTH);
  }
}

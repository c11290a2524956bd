// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A trace as Zipkin tells it, drawn.
 *
 * <pre>
 *  gateway  get /orders/{id}                    31.2 ms  ████████████████████████████████
 *  └─ gateway → orders  get                     29.8 ms   ██████████████████████████████
 *     └─ orders  get /orders/{id}               24.1 ms     ███████████████████████████
 * </pre>
 */
final class TraceTree {

  private static final int LABEL = 52;
  private static final int DURATION = 11;
  private static final int BAR = Terminal.WIDTH - LABEL - DURATION - 2;

  private final Terminal terminal;
  private final List<JsonNode> spans = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private long begin = Long.MAX_VALUE;
  private long end = Long.MIN_VALUE;

  private TraceTree(Terminal terminal, JsonNode trace) {
    this.terminal = terminal;
    for (JsonNode span : trace) {
      spans.add(span);
      begin = Math.min(begin, start(span));
      end = Math.max(end, start(span) + duration(span));
    }
    spans.sort(Comparator.comparingLong(TraceTree::start));
  }

  static List<String> of(Terminal terminal, JsonNode trace) {
    TraceTree tree = new TraceTree(terminal, trace);
    List<JsonNode> roots = tree.roots();
    roots.forEach(root -> tree.draw(root, "", ""));
    return tree.lines;
  }

  /** Without a parent, or with one that did not arrive. */
  private List<JsonNode> roots() {
    Set<String> ids =
        spans.stream().map(span -> span.path("id").asText()).collect(Collectors.toSet());
    return spans.stream().filter(span -> !ids.contains(span.path("parentId").asText())).toList();
  }

  private void draw(JsonNode span, String indent, String branch) {
    lines.add(line(span, indent + branch));
    List<JsonNode> children =
        spans.stream()
            .filter(other -> other.path("parentId").asText().equals(span.path("id").asText()))
            .toList();
    String inner =
        switch (branch) {
          case "" -> indent;
          case "├─ " -> indent + "│  ";
          default -> indent + "   ";
        };
    for (int i = 0; i < children.size(); i++) {
      draw(children.get(i), inner, i + 1 < children.size() ? "├─ " : "└─ ");
    }
  }

  private String line(JsonNode span, String branch) {
    String label = branch + label(span);
    String duration = "%,.1f ms".formatted(duration(span) / 1_000.0);
    String bar = bar(span);
    return Terminal.pad(Terminal.fit(label, LABEL), LABEL)
        + " ".repeat(Math.max(0, DURATION - duration.length()))
        + duration
        + "  "
        + (span.path("tags").has("error") ? terminal.bad(bar) : terminal.good(bar));
  }

  private static String label(JsonNode span) {
    String service = span.path("localEndpoint").path("serviceName").asText();
    String kind = span.path("kind").asText().equals("CLIENT") ? " calls: " : ": ";
    String error = span.path("tags").path("error").asText();
    return service + kind + span.path("name").asText() + (error.isEmpty() ? "" : "  ✗ " + error);
  }

  private String bar(JsonNode span) {
    double scale = (double) BAR / Math.max(1, end - begin);
    int from = (int) Math.min(BAR - 1, (start(span) - begin) * scale);
    int length = (int) Math.max(1, Math.round(duration(span) * scale));
    return " ".repeat(from) + "█".repeat(Math.min(length, BAR - from));
  }

  /** Microseconds. */
  private static long start(JsonNode span) {
    return span.path("timestamp").asLong();
  }

  /** Microseconds. */
  private static long duration(JsonNode span) {
    return span.path("duration").asLong();
  }
}

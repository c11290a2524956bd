// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What became of all that was recorded: a line for each signal of a service and destination. */
final class LedgerLines {

  private static final String ROW = "%-9s %-24s %-6s %9s %9s %9s %9s  ";

  private final Terminal terminal;

  LedgerLines(Terminal terminal) {
    this.terminal = terminal;
  }

  String header() {
    return terminal.dim(
        ROW.formatted(
                "service", "signal to destination", "state", "taken", "acked", "sent", "queued")
            + "lost");
  }

  List<String> of(Service service, JsonNode statusPage) {
    List<String> lines = new ArrayList<>();
    for (JsonNode account : statusPage.path("ledger")) {
      if (account.path("taken").asLong() > 0) {
        lines.add(line(service, account));
      }
    }
    return lines;
  }

  private String line(Service service, JsonNode account) {
    String way = account.path("signal").asText() + " to " + account.path("destination").asText();
    return ROW.formatted(
            service.name(),
            Terminal.fit(way, 24),
            account.path("state").asText(),
            count(account, "taken"),
            count(account, "acked"),
            count(account, "sent"),
            count(account, "queued"))
        + lost(account.path("dropped"));
  }

  private String lost(JsonNode dropped) {
    List<String> reasons = new ArrayList<>();
    for (Map.Entry<String, JsonNode> reason : dropped.properties()) {
      reasons.add(reason.getValue().asText() + " " + reason.getKey());
    }
    return reasons.isEmpty() ? terminal.good("0") : terminal.bad(String.join(", ", reasons));
  }

  private static String count(JsonNode account, String name) {
    return "%,d".formatted(account.path(name).asLong());
  }
}

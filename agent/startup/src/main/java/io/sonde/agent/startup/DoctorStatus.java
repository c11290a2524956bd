// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sonde.agent.http.Endpoint;
import io.sonde.agent.http.HttpResponse;
import io.sonde.agent.recording.Secret;
import io.sonde.agent.startup.doctor.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the Sonde in a running JVM says about itself, from its {@code /sonde/status}. Whose port it
 * is, the operating system tells.
 */
final class DoctorStatus {

  private static final int PORTS = 20;
  private static final int TIMEOUT_MILLIS = 3_000;
  private static final int MAX_TEXT = 4 << 20;

  private final Settings settings;
  private final Report report;

  private DoctorStatus(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  static void ask(Set<Integer> listening, Settings settings, Report report) {
    DoctorStatus status = new DoctorStatus(settings, report);
    if (!settings.get(Keys.ENABLED) || !settings.get(Keys.HEALTH_ENABLED)) {
      report.sonde(
          "attached, but "
              + (settings.get(Keys.ENABLED) ? "health.enabled" : "enabled")
              + "=false");
      return;
    }
    Set<Integer> ports = status.candidates(listening);
    for (int port : ports) {
      if (status.answers(port)) {
        return;
      }
    }
    report.sonde("attached; its /health was not found" + (ports.isEmpty() ? "" : " on " + ports));
    report.finding(
        "Sonde is attached, and its /health does not answer",
        "look for lines of [sonde] in the application's stderr");
  }

  private Set<Integer> candidates(Set<Integer> listening) {
    int first = settings.get(Keys.HEALTH_PORT);
    Set<Integer> ports = new TreeSet<>();
    for (int port : listening) {
      if (first == 0 || port >= first && port <= first + PORTS) {
        ports.add(port);
      }
    }
    return ports;
  }

  /** False when this is no Sonde's port. */
  private boolean answers(int port) {
    try {
      if (!get(port, "/health", null).text().contains("\"serviceId\"")) {
        return false;
      }
      String address = "http://127.0.0.1:" + port;
      HttpResponse status = get(port, "/sonde/status", token());
      if (status.status() == 200) {
        JsonNode page = page(status);
        report.sonde("attached, " + address + "/health");
        tell(page);
      } else {
        report.sonde(
            "attached, "
                + address
                + "/health; /sonde/status asks for a token that is not known here");
        report.sonde("(console.token-file=… lets whoever may read that file see more)");
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private @Nullable String token() {
    Secret token =
        new Secret(
            Keys.CONSOLE_TOKEN_FILE.key,
            settings.find(Keys.CONSOLE_TOKEN),
            settings.find(Keys.CONSOLE_TOKEN_FILE));
    token.changed();
    return token.value();
  }

  private static HttpResponse get(int port, String path, @Nullable String token)
      throws IOException {
    String header = token == null ? "" : "Authorization: Bearer " + token + "\r\n";
    return Endpoint.parse(Keys.HEALTH_PORT.key, "127.0.0.1:" + port, false, port)
        .get(path, header, null, TIMEOUT_MILLIS, MAX_TEXT);
  }

  /** {@link HttpResponse#text} is a byte a character. */
  private static JsonNode page(HttpResponse response) throws IOException {
    return new ObjectMapper().readTree(response.text().getBytes(StandardCharsets.ISO_8859_1));
  }

  private void tell(JsonNode page) {
    Set<String> applied = new TreeSet<>();
    for (JsonNode weave : page.path("instrumentations")) {
      String outcome = text(weave, "outcome");
      if (outcome.equals("applied")) {
        applied.add(text(weave, "name"));
      } else if (!outcome.equals("untouched")) {
        refused(weave, outcome);
      }
    }
    report.sonde("applied: " + String.join(", ", applied));
    page.path("ledger").forEach(this::account);
  }

  private void refused(JsonNode weave, String outcome) {
    String name = text(weave, "name");
    String line = name + ": " + text(weave, "class") + " " + outcome + ": " + text(weave, "reason");
    report.sonde(line);
    report.finding(
        line,
        "use a version that is verified (COMPATIBILITY.md), or instrumentation."
            + name
            + ".enabled=false if it is not wanted");
  }

  private void account(JsonNode account) {
    String name = text(account, "signal") + " to " + text(account, "destination");
    String dropped = account.path("dropped").toString().replaceAll("[{}\"]", "");
    report.sonde(
        name
            + ": "
            + text(account, "state")
            + ", "
            + text(account, "taken")
            + " taken, "
            + (dropped.isEmpty() ? "none dropped" : "dropped " + dropped));
    if (!dropped.isEmpty()) {
      report.finding(
          name + ": dropped " + dropped, "see the destination below; what is lost is lost");
    }
  }

  private static String text(JsonNode row, String field) {
    return row.path(field).asText();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.http.Endpoint;
import io.sonde.agent.http.HttpResponse;
import io.sonde.agent.recording.Secret;
import io.sonde.agent.startup.doctor.Report;
import io.sonde.agent.startup.doctor.RunningJvm;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the Sonde in a running JVM says about itself, from its {@code /sonde/status}. Whose port it
 * is, the operating system tells.
 */
final class DoctorStatus {

  private static final int PORTS = 20;
  private static final int TIMEOUT_MILLIS = 3_000;
  private static final int MAX_TEXT = 4 << 20;

  /** Our own JSON, in {@link StatusPage}'s order. */
  private static final Pattern WEAVE =
      Pattern.compile(
          "\\{\"name\":\"([^\"]*)\",\"class\":\"([^\"]*)\",\"loader\":\"[^\"]*\","
              + "\"outcome\":\"([a-z]*)\"(?:,\"reason\":\"((?:[^\"\\\\]|\\\\.)*)\")?");

  private static final Pattern ACCOUNT =
      Pattern.compile(
          "\\{\"signal\":\"([^\"]*)\",\"destination\":\"([^\"]*)\",\"state\":\"([^\"]*)\","
              + "\"taken\":(\\d+).*?\"dropped\":\\{([^}]*)\\}");

  private final Settings settings;
  private final Report report;

  private DoctorStatus(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  static void ask(RunningJvm jvm, Settings settings, Report report) {
    DoctorStatus status = new DoctorStatus(settings, report);
    if (!settings.get(Keys.ENABLED) || !settings.get(Keys.HEALTH_ENABLED)) {
      report.sonde(
          "attached, but "
              + (settings.get(Keys.ENABLED) ? "health.enabled" : "enabled")
              + "=false");
      return;
    }
    Set<Integer> ports = status.candidates(jvm.listening());
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
        report.sonde("attached, " + address + "/health");
        tell(status.text());
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

  private void tell(String json) {
    Map<String, Integer> applied = new TreeMap<>();
    Matcher weave = WEAVE.matcher(json);
    while (weave.find()) {
      if (weave.group(3).equals("applied")) {
        applied.merge(weave.group(1), 1, Integer::sum);
      } else if (!weave.group(3).equals("untouched")) {
        refused(weave);
      }
    }
    report.sonde("applied: " + String.join(", ", applied.keySet()));
    Matcher account = ACCOUNT.matcher(json);
    while (account.find()) {
      account(account);
    }
  }

  private void refused(Matcher weave) {
    String line =
        weave.group(1) + ": " + weave.group(2) + " " + weave.group(3) + ": " + weave.group(4);
    report.sonde(line);
    report.finding(
        line,
        "use a version that is verified (COMPATIBILITY.md), or instrumentation."
            + weave.group(1)
            + ".enabled=false if it is not wanted");
  }

  private void account(Matcher account) {
    String name = account.group(1) + " to " + account.group(2);
    String dropped = account.group(5).replace("\"", "");
    report.sonde(
        name
            + ": "
            + account.group(3)
            + ", "
            + account.group(4)
            + " taken, "
            + (dropped.isEmpty() ? "none dropped" : "dropped " + dropped));
    if (!dropped.isEmpty()) {
      report.finding(
          name + ": dropped " + dropped, "see the destination below; what is lost is lost");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One of the shop's services, observed.
 *
 * @param token what its {@code /sonde/status} asks for
 */
record Service(Child child, int port, int healthPort, String token) {

  String name() {
    return child.name();
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  String health() {
    return "http://127.0.0.1:" + healthPort + "/health";
  }

  String status() {
    return "http://127.0.0.1:" + healthPort + "/sonde/status";
  }

  /** Up is: the service listens, and the agent in it answers. */
  boolean isUp() {
    return Http.listens(port) && Http.ask(health()).isPresent();
  }

  JsonNode healthDocument() {
    return Http.get(health()).json();
  }

  JsonNode statusPage() {
    return Http.get(status(), "Authorization", "Bearer " + token).json();
  }

  /** What the agent has told on the service's stderr. */
  List<String> agentLines() {
    return child.logLines().stream().filter(line -> line.startsWith("[sonde]")).toList();
  }
}

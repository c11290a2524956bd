// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** The real server, with its page, keeping traces in memory. */
final class Zipkin {

  private final Child child;
  private final String url;

  private Zipkin(Child child, String url) {
    this.child = child;
    this.url = url;
  }

  static Zipkin start(Folders folders, Children children, int port) {
    List<String> arguments =
        List.of(
            "-DSTORAGE_TYPE=mem",
            "-jar",
            folders.zipkin().toString(),
            // The port alone would listen on all interfaces.
            "--armeria.ports[0].ip=127.0.0.1",
            "--armeria.ports[0].port=" + port,
            "--armeria.ports[0].protocols[0]=http");
    return new Zipkin(children.start("zipkin", arguments, ""), "http://127.0.0.1:" + port);
  }

  Child child() {
    return child;
  }

  boolean isUp() {
    return Http.ask(url + "/health").filter(answer -> answer.status() == 200).isPresent();
  }

  String url() {
    return url;
  }

  /** For the setting {@code zipkin.endpoint}. */
  String endpoint() {
    return url + "/api/v2/spans";
  }

  /** The address of a trace's page. */
  String page(String traceId) {
    return url + "/zipkin/traces/" + traceId;
  }

  /**
   * The spans of a trace: as soon as there are as many as that, else those that are there when the
   * time is over.
   */
  JsonNode awaitTrace(String traceId, int spans, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Http.Answer answer = Http.get(url + "/api/v2/trace/" + traceId);
      JsonNode trace = answer.status() == 200 ? answer.json() : Http.JSON.createArrayNode();
      if (trace.size() >= spans || System.nanoTime() > deadline) {
        return trace;
      }
      Pause.millis(200);
    }
  }
}

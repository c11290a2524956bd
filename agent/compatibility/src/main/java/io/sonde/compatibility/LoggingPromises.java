// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import static io.sonde.compatibility.BrokenPromise.unless;
import static io.sonde.compatibility.ObservedApp.CALLER;
import static io.sonde.compatibility.ObservedApp.LIMIT;
import static io.sonde.compatibility.ObservedApp.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Asked of each logging library. Its scenario logs {@code greeting NAME} at {@code /hello?NAME},
 * and, where it has an MDC, writes {@code LOG LEVEL [traceId|spanId|requestId] MESSAGE} to stdout,
 * ids from there; where it has structured arguments, the name is one of them, and there are three
 * more.
 */
final class LoggingPromises {

  private final ObservedApp app;

  private LoggingPromises(ObservedApp app) {
    this.app = app;
  }

  static void keep(ObservedApp app) {
    LoggingPromises promises = new LoggingPromises(app);
    app.get("/hello?Ada", "X-Request-ID", "req-1", "b3", TRACE + "-" + CALLER + "-1");
    if (app.library().can("mdc")) {
      unless("ids stand in the application's own lines", promises::putsIdsIntoLines);
    }
    unless("events are shipped with their ids", promises::shipsEvents);
    if (app.library().can("structured")) {
      unless("arguments with a name are labels", promises::shipsArguments);
    }
    unless("an event is shipped once", promises::countsOnce);
  }

  private void putsIdsIntoLines() {
    assertThat(app.process().awaitStdout("greeting Ada", LIMIT))
        .matches("LOG INFO \\[" + TRACE + "\\|[0-9a-f]{16}\\|req-1] greeting Ada");
  }

  private void shipsEvents() {
    JsonNode event = event();

    assertThat(event.path("trace.id").asText()).isEqualTo(TRACE);
    assertThat(event.path("http.request.id").asText()).isEqualTo("req-1");
    assertThat(event.path("log.logger").asText()).isEqualTo("com.example.Scenario");
    assertThat(event.path("log.level").asText()).isEqualTo("INFO");
  }

  private void shipsArguments() {
    JsonNode event = event();

    assertThat(event.path("labels.name").asText()).isEqualTo("Ada");
    assertThat(event.path("labels.order").asText()).isEqualTo("7");
    assertThat(event.path("labels.item").asText()).isEqualTo("book");
    assertThat(event.path("labels.mark").asText()).isEqualTo("red");
  }

  private JsonNode event() {
    return app.logs()
        .awaitLine(line -> line.path("message").asText().equals("greeting Ada"), LIMIT);
  }

  private void countsOnce() {
    app.awaitCounter("logs.info.count", 1);
  }
}

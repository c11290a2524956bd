// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Shows what was seen, from the real outside: HTTP, UDP and TCP as they came. */
final class Tour {

  /** Some intervals of the slowest destination. */
  private static final Duration ARRIVAL = Duration.ofSeconds(15);

  private static final int SPANS = 5;

  private final Terminal terminal;
  private final Shop shop;
  private final Zipkin zipkin;
  private final StatsdReceiver statsd;
  private final LogReceiver logs;

  Tour(Terminal terminal, Shop shop, Zipkin zipkin, StatsdReceiver statsd, LogReceiver logs) {
    this.terminal = terminal;
    this.shop = shop;
    this.zipkin = zipkin;
    this.statsd = statsd;
    this.logs = logs;
  }

  void show() {
    Http.Answer order = Http.get(shop.gateway().url() + "/orders/42?page=1&card=4111-1111");
    Http.Answer bang = Http.get(shop.gateway().url() + "/bang");
    terminal.progress("  waiting until the last two requests have arrived everywhere …");
    JsonNode trace = zipkin.awaitTrace(order.requestId(), SPANS, ARRIVAL);
    Optional<JsonNode> error = logs.await(Tour::isError, ARRIVAL);
    Optional<JsonNode> event = logs.await(eventOf(order), ARRIVAL);

    health();
    series();
    trace(order, trace);
    error(bang, error);
    event(order, event);
    ledger();
    addresses();
  }

  /** Perhaps of an earlier one: of each kind only the first ten a minute are sent, then counts. */
  private static boolean isError(JsonNode line) {
    return line.has("error.stack_trace")
        && line.has("labels.handler")
        && line.path("url.path").asText().equals("/bang");
  }

  private static Predicate<JsonNode> eventOf(Http.Answer answer) {
    return line ->
        line.path("log.logger").asText().endsWith("OrderController")
            && line.path("trace.id").asText().equals(answer.requestId());
  }

  private void health() {
    terminal.heading("Health: GET /health of each service");
    HealthLines lines = new HealthLines(terminal);
    for (Service service : shop.services()) {
      lines.of(service, service.healthDocument()).forEach(terminal::say);
    }
  }

  private void series() {
    terminal.heading(
        "Metrics: the busiest statsd series, added up from %,d lines in %,d datagrams"
            .formatted(statsd.lines(), statsd.packets()));
    SeriesLines.of(statsd.busiest()).forEach(terminal::say);
  }

  private void trace(Http.Answer order, JsonNode trace) {
    terminal.heading("Trace: GET /orders/42, from Zipkin");
    TraceTree.of(terminal, trace).forEach(terminal::say);
    if (trace.size() < SPANS) {
      terminal.say(terminal.bad("%d spans, not %d".formatted(trace.size(), SPANS)));
    }
    terminal.say(terminal.dim(zipkin.page(order.requestId())));
  }

  private void error(Http.Answer bang, Optional<JsonNode> error) {
    terminal.heading("Error: what GET /bang left (" + bang.status() + " at the gateway), as JSON");
    show(error);
  }

  private void event(Http.Answer order, Optional<JsonNode> event) {
    terminal.heading("Log: a line of the application for GET /orders/42, as shipped");
    show(event);
    terminal.blank();
    terminal.say("the same in its own log, where the pattern says %X{traceId}:");
    shop.orders().child().logLines().stream()
        .filter(line -> line.contains(order.requestId()))
        .forEach(line -> terminal.say("  " + Terminal.fit(line, Terminal.WIDTH - 2)));
  }

  private void show(Optional<JsonNode> line) {
    line.ifPresentOrElse(
        json -> new JsonLines(terminal).of(json).forEach(terminal::say),
        () -> terminal.say(terminal.bad("nothing came in " + ARRIVAL.toSeconds() + " s")));
  }

  private void ledger() {
    terminal.heading("Ledger: what became of everything recorded, from /sonde/status");
    LedgerLines lines = new LedgerLines(terminal);
    terminal.say(lines.header());
    for (Service service : shop.services()) {
      lines.of(service, service.statusPage()).forEach(terminal::say);
    }
  }

  private void addresses() {
    terminal.heading("Addresses");
    address("the shop", shop.gateway().url() + "/orders/42");
    address("it fails", shop.gateway().url() + "/bang");
    address("Zipkin", zipkin.url() + "/zipkin/");
    for (Service service : shop.services()) {
      address(service.name(), service.health());
      address("", service.status() + "?token=" + service.token());
    }
    address("logs", shop.gateway().child().log().getParent().toString());
  }

  private void address(String what, String where) {
    terminal.say("  " + Terminal.pad(what, 10) + where);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;

/** Of the one event that each request makes when it is finished. */
final class AccessFields extends LineFields {

  private final ExchangeFields fields;
  private final Line line;
  private final Exchange exchange;

  AccessFields(LineBudget budget, ExchangeFields fields, Line line) {
    super(budget);
    this.fields = fields;
    this.line = line;
    this.exchange = (Exchange) line.source();
  }

  /** {@code GET /users/7 200 12 ms}; {@code -} where there was no status. */
  static String message(Exchange exchange) {
    return request(exchange)
        + (exchange.status() == 0 ? " - " : " " + exchange.status() + " ")
        + (exchange.durationNanos() + 500_000) / 1_000_000
        + " ms";
  }

  /** {@code GET /users/7}; what is long is cut, as the fields have it, and {@code -} is nothing. */
  static String request(Exchange exchange) {
    return shown(exchange.method(), SHORT) + " " + shown(exchange.path(), LONG);
  }

  private static String shown(String text, int most) {
    return text.isEmpty() ? "-" : text.length() > most ? text.substring(0, most) : text;
  }

  @Override
  void write(JsonGenerator json) throws IOException {
    dataset(json, Signal.ACCESS);
    text(json, "event.category", "web", SHORT);
    text(json, "event.outcome", outcome(exchange), SHORT);
    number(json, "event.duration", exchange.durationNanos());
    fields.ids(this, json, exchange);
    fields.request(this, json, exchange);
    if (line.slow()) {
      text(json, "labels.slow", "true", SHORT);
    }
    if (line.share() < 1) {
      decimal(json, "labels.sample_rate", line.share());
    }
  }

  private static String outcome(Exchange exchange) {
    if (exchange.thrown() != null || exchange.status() >= 400) {
      return "failure";
    }
    return exchange.status() == 0 ? "unknown" : "success";
  }
}

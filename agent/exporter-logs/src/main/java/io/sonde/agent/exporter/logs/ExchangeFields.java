// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sonde.agent.recording.ClientIp;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.QueryMask;
import io.sonde.agent.recording.SourceAddress;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What an exchange adds to its access event, to its error and to what was logged meanwhile. */
final class ExchangeFields {

  private final QueryMask mask;
  private final ClientIp clientIp;

  ExchangeFields(QueryMask mask, ClientIp clientIp) {
    this.mask = mask;
    this.clientIp = clientIp;
  }

  /** All that may be read while the exchange is still in flight. */
  void ids(LineFields to, JsonGenerator json, @Nullable Exchange exchange) throws IOException {
    if (exchange != null) {
      to.text(json, "trace.id", exchange.traceIdString(), LineFields.SHORT);
      to.text(json, "span.id", exchange.spanIdString(), LineFields.SHORT);
      to.text(json, "http.request.id", exchange.requestId(), LineFields.SHORT);
    }
  }

  /** Of a finished exchange. */
  void request(LineFields to, JsonGenerator json, Exchange exchange) throws IOException {
    to.text(json, "http.request.method", exchange.method(), LineFields.SHORT);
    to.text(json, "url.path", exchange.path(), LineFields.LONG);
    to.text(json, "url.query", mask.mask(exchange.query()), LineFields.LONG);
    if (exchange.status() != 0) {
      to.number(json, "http.response.status_code", exchange.status());
    }
    to.text(json, "labels.grpc_status", exchange.grpcCode(), LineFields.SHORT);
    String address = SourceAddress.shown(exchange.remoteAddress(), clientIp);
    to.text(json, "source.ip", address, LineFields.SHORT);
    to.text(json, "user_agent.original", exchange.userAgent(), LineFields.NAME);
    to.text(json, "labels.route", exchange.route(), LineFields.NAME);
    to.text(json, "labels.handler", exchange.handler(), LineFields.NAME);
  }
}

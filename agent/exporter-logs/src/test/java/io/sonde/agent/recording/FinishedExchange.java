// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.List;

/**
 * Exchanges as the recorder leaves them, for tests of exporters. In this package because only the
 * recorder writes an exchange's fields.
 */
public final class FinishedExchange {

  private final Exchange exchange;

  private FinishedExchange(Exchange.Kind kind) {
    exchange = new Exchange(kind, "test", System.nanoTime());
    exchange.durationNanos = 12_000_000;
    exchange.method = "GET";
    exchange.path = "/users/7";
    exchange.route = "/users/{id}";
    exchange.status = 200;
    exchange.threadName = "http-1";
    exchange.traceIdHigh = 0x0af7651916cd43ddL;
    exchange.traceId = 0x8448eb211c80319cL;
    exchange.spanId = 0xb7ad6b7169203331L;
    exchange.requestId = "req-1";
  }

  public static FinishedExchange server() {
    return new FinishedExchange(Exchange.Kind.SERVER);
  }

  public static FinishedExchange client() {
    return new FinishedExchange(Exchange.Kind.CLIENT);
  }

  /** With what went before it in its request. */
  public static ErrorRecord after(List<String> trail, ErrorRecord error) {
    return error.after(trail);
  }

  public FinishedExchange request(String method, String path, String query) {
    exchange.method = method;
    exchange.path = path;
    exchange.query = query;
    return this;
  }

  public FinishedExchange grpcCode(int code) {
    exchange.grpcCode = code;
    return this;
  }

  public FinishedExchange status(int status) {
    exchange.status = status;
    return this;
  }

  public FinishedExchange from(String remoteAddress, String userAgent) {
    exchange.remoteAddress = remoteAddress;
    exchange.userAgent = userAgent;
    return this;
  }

  public FinishedExchange route(String route) {
    exchange.route = route;
    return this;
  }

  public FinishedExchange traceId(long traceId) {
    exchange.traceId = traceId;
    return this;
  }

  public FinishedExchange took(long millis) {
    exchange.durationNanos = millis * 1_000_000;
    return this;
  }

  public FinishedExchange handler(String handler) {
    exchange.handler = handler;
    return this;
  }

  public FinishedExchange thrown(Throwable thrown) {
    exchange.thrown = thrown;
    return this;
  }

  public FinishedExchange probe() {
    exchange.probe = true;
    return this;
  }

  public Exchange get() {
    return exchange;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

/** Server exchanges as the recorder would make them, for tests of what comes behind it. */
public final class ReplayedExchange {

  private final Exchange exchange;

  private ReplayedExchange(Exchange exchange) {
    this.exchange = exchange;
  }

  public static ReplayedExchange of(String route, long startNanos) {
    Exchange exchange = new Exchange(Exchange.Kind.SERVER, "test", startNanos);
    exchange.method = "GET";
    exchange.path = route;
    exchange.route = route;
    exchange.status = 200;
    return new ReplayedExchange(exchange);
  }

  public ReplayedExchange took(long nanos) {
    exchange.durationNanos = nanos;
    return this;
  }

  public ReplayedExchange status(int status) {
    exchange.status = status;
    return this;
  }

  public ReplayedExchange threw(Throwable thrown) {
    exchange.thrown = thrown;
    return this;
  }

  /** While it runs and nobody has told a route: only the path is known. */
  public ReplayedExchange unsettled(String path) {
    exchange.path = path;
    exchange.route = null;
    return this;
  }

  /** In flight from now on. */
  public ReplayedExchange enter(LiveTable live) {
    live.enter(exchange);
    return this;
  }

  public ReplayedExchange leave(LiveTable live) {
    live.leave(exchange);
    return this;
  }

  public Exchange get() {
    return exchange;
  }
}

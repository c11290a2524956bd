// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

/** Finished exchanges for the tests of exporters, which cannot make them. */
public final class Exchanges {

  private final Exchange exchange;

  private Exchanges(Exchange exchange) {
    this.exchange = exchange;
  }

  public static Exchanges server(String method, String route, int status) {
    Exchange exchange = new Exchange(Exchange.Kind.SERVER, "test", 0);
    exchange.method = method;
    exchange.route = route;
    exchange.status = status;
    return new Exchanges(exchange);
  }

  public static Exchanges client(String method, String host, int port, int status) {
    Exchange exchange = new Exchange(Exchange.Kind.CLIENT, "test", 0);
    exchange.method = method;
    exchange.peerHost = host;
    exchange.peerPort = port;
    exchange.status = status;
    return new Exchanges(exchange);
  }

  public Exchanges took(long nanos) {
    exchange.durationNanos = nanos;
    return this;
  }

  public Exchanges threw(Throwable thrown) {
    exchange.thrown = thrown;
    return this;
  }

  public Exchanges byProber() {
    exchange.probe = true;
    return this;
  }

  public Exchange finished() {
    return exchange;
  }
}

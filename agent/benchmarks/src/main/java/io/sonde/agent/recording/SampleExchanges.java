// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

/** Finished exchanges, as the recorder would hand them over, for the exporters' benchmarks. */
public final class SampleExchanges {

  private SampleExchanges() {}

  /** Sampled, {@code GET /users/7}, 200, 3.5 ms. */
  public static Exchange server() {
    return server(System.nanoTime());
  }

  /** The same, begun then. */
  public static Exchange server(long startNanos) {
    Exchange exchange = sampled(Exchange.Kind.SERVER, startNanos);
    exchange.path = "/users/7";
    exchange.route = "/users/{id}";
    exchange.remoteAddress = "127.0.0.1";
    return exchange;
  }

  /** Sampled, {@code GET http://stock:8081/stock/7}, 200, 3.5 ms. */
  public static Exchange client() {
    Exchange exchange = sampled(Exchange.Kind.CLIENT, System.nanoTime());
    exchange.path = "/stock/7";
    exchange.peerHost = "stock";
    exchange.peerPort = 8081;
    return exchange;
  }

  private static Exchange sampled(Exchange.Kind kind, long startNanos) {
    Exchange exchange = new Exchange(kind, "benchmark", startNanos);
    exchange.durationNanos = 3_500_999;
    exchange.method = "GET";
    exchange.status = 200;
    exchange.decision = Exchange.DECISION_YES;
    exchange.traceIdHigh = 0x463ac35c9f6413adL;
    exchange.traceId = 0x48485a3953bb6124L;
    exchange.spanId = 0xa2fb4a1d1a96d312L;
    exchange.parentId = 0x05e3ac9a4f6e3b90L;
    exchange.requestId = "6f1c2f0e-7d31-4c1a-9f0b-0e1c5f3a2b4d";
    return exchange;
  }
}

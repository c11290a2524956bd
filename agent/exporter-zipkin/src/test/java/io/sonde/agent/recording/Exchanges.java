// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finished exchanges for tests, as the recorder would hand them over. */
public final class Exchanges {

  private final Exchange exchange;

  private Exchanges(Exchange exchange) {
    this.exchange = exchange;
    exchange.decision = Exchange.DECISION_YES;
    exchange.traceIdHigh = 0x463ac35c9f6413adL;
    exchange.traceId = 0x48485a3953bb6124L;
    exchange.spanId = 0xa2fb4a1d1a96d312L;
    exchange.durationNanos = 3_500_999;
    exchange.method = "GET";
    exchange.status = 200;
  }

  /** Sampled, {@code GET /users/7}, 200, 3.5 ms. */
  public static Exchanges server() {
    Exchanges server = new Exchanges(new Exchange(Exchange.Kind.SERVER, "test", System.nanoTime()));
    server.exchange.path = "/users/7";
    server.exchange.route = "/users/{id}";
    server.exchange.requestId = "req-1";
    return server;
  }

  /** Sampled, {@code GET http://stock:8081/stock/7}, 200, 3.5 ms. */
  public static Exchanges client() {
    Exchanges client = new Exchanges(new Exchange(Exchange.Kind.CLIENT, "test", System.nanoTime()));
    client.exchange.path = "/stock/7";
    return client.peer("stock", 8081);
  }

  public Exchanges ids(long traceIdHigh, long traceId, long spanId, long parentId) {
    return with(
        e -> {
          e.traceIdHigh = traceIdHigh;
          e.traceId = traceId;
          e.spanId = spanId;
          e.parentId = parentId;
        });
  }

  public Exchanges request(String method, String path, @Nullable String route) {
    return with(
        e -> {
          e.method = method;
          e.path = path;
          e.route = route;
        });
  }

  public Exchanges requestId(@Nullable String id) {
    return with(e -> e.requestId = id);
  }

  public Exchanges grpcCode(int code) {
    return with(e -> e.grpcCode = code);
  }

  public Exchanges status(int status) {
    return with(e -> e.status = status);
  }

  public Exchanges thrown(Throwable thrown) {
    return with(e -> e.thrown = thrown);
  }

  public Exchanges caller(@Nullable String address) {
    return with(e -> e.remoteAddress = address);
  }

  public Exchanges peer(@Nullable String host, int port) {
    return with(
        e -> {
          e.peerHost = host;
          e.peerPort = port;
        });
  }

  public Exchanges duration(long nanos) {
    return with(e -> e.durationNanos = nanos);
  }

  public Exchanges notSampled() {
    return with(e -> e.decision = Exchange.DECISION_NO);
  }

  public Exchanges probe() {
    return with(e -> e.probe = true);
  }

  public Exchanges debug() {
    return with(e -> e.debug = true);
  }

  public Exchange finished() {
    return exchange;
  }

  private Exchanges with(Consumer<Exchange> change) {
    change.accept(exchange);
    return this;
  }
}

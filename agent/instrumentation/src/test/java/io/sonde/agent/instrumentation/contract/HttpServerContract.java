// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sonde.agent.instrumentation.contract.RawClient.Response;
import io.sonde.agent.recording.ErrorRecord;
import io.sonde.agent.recording.Exchange;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the instrumentation of an HTTP server promises. A test of one extends it, registers a {@link
 * SondeExtension}, and starts a server that serves {@link TestApplication}.
 */
public abstract class HttpServerContract {

  private static final String TRACE = "463ac35c9f6413ad48485a3953bb6124";
  private static final String PARENT = "a2fb4a1d1a96d312";

  private int port;

  /** Of the test class, registered there. */
  protected abstract SondeExtension sonde();

  /** {@link Exchange#library} of what is recorded. */
  protected abstract String library();

  /** Starts the server on a free port of the loopback address, and returns the port. */
  protected abstract int start() throws Exception;

  protected abstract void stop() throws Exception;

  /** What the caller sees of a handler that throws: 0 where the server drops the connection. */
  protected int statusOfThrown() {
    return 500;
  }

  /** False where there is no way to answer from another thread. */
  protected boolean servesAsync() {
    return true;
  }

  /** False where a request that cannot be parsed is answered before any hook. */
  protected boolean countsBadRequests() {
    return true;
  }

  /** A request that cannot be parsed. */
  protected String badRequest() {
    return "nonsense\r\n\r\n";
  }

  /** What the caller sees of a request that cannot be parsed: 0 where the connection is dropped. */
  protected int statusOfBadRequests() {
    return 400;
  }

  /** The route recorded for {@code /hello}. */
  protected String routeOfHello() {
    return "/hello";
  }

  protected final int port() {
    return port;
  }

  @BeforeEach
  void startServer() throws Exception {
    port = start();
  }

  @AfterEach
  void stopServer() throws Exception {
    stop();
  }

  @Test
  void recordsMethodPathStatusAndDuration() throws Exception {
    long before = System.nanoTime();
    Response response = RawClient.get(port, "/hello");
    Exchange exchange = sonde().nextExchange();
    long longest = System.nanoTime() - before;

    assertThat(response.body()).isEqualTo("hello");
    assertThat(exchange.kind()).isEqualTo(Exchange.Kind.SERVER);
    assertThat(exchange.library()).isEqualTo(library());
    assertThat(exchange.method()).isEqualTo("GET");
    assertThat(exchange.path()).isEqualTo("/hello");
    assertThat(exchange.query()).isNull();
    assertThat(exchange.route()).isEqualTo(routeOfHello());
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.thrown()).isNull();
    assertThat(exchange.remoteAddress()).isEqualTo("127.0.0.1");
    assertThat(exchange.durationNanos()).isBetween(1L, longest);
  }

  @Test
  void recordsTheStatusThatWasSent() throws Exception {
    RawClient.get(port, "/created");
    assertThat(sonde().nextExchange().status()).isEqualTo(201);

    RawClient.get(port, "/nowhere");
    assertThat(sonde().nextExchange().status()).isEqualTo(404);
  }

  @Test
  void recordsStatusOfHandlerThatThrows() throws Exception {
    Response response = RawClient.get(port, "/boom");
    Exchange exchange = sonde().nextExchange();
    ErrorRecord error = sonde().nextError();

    assertThat(response.status()).isEqualTo(statusOfThrown());
    assertThat(exchange.status()).isEqualTo(statusOfThrown());
    assertThat(exchange.thrown()).hasStackTraceContaining("TestApplication$Boom: boom");
    assertThat(error.exchange()).isSameAs(exchange);
    assertThat(error.seenAt()).isEqualTo("handler");
  }

  @Test
  void recordsQuery() throws Exception {
    RawClient.get(port, "/hello?name=a%20b&x=1");

    Exchange exchange = sonde().nextExchange();
    assertThat(exchange.path()).isEqualTo("/hello");
    assertThat(exchange.query()).isEqualTo("name=a%20b&x=1");
  }

  @Test
  void decodesThePath() throws Exception {
    RawClient.get(port, "/gr%C3%B6%C3%9Fe");

    assertThat(sonde().nextExchange().path()).isEqualTo("/größe");
  }

  @Test
  void recordsPost() throws Exception {
    try (RawClient client = new RawClient(port)) {
      client.send("POST", "/created", "some body");
    }

    Exchange exchange = sonde().nextExchange();
    assertThat(exchange.method()).isEqualTo("POST");
    assertThat(exchange.status()).isEqualTo(201);
  }

  @Test
  void recordsHead() throws Exception {
    try (RawClient client = new RawClient(port)) {
      client.sendHead("/hello");
    }

    Exchange exchange = sonde().nextExchange();
    assertThat(exchange.method()).isEqualTo("HEAD");
    assertThat(exchange.status()).isEqualTo(200);
  }

  @Test
  void continuesB3Trace() throws Exception {
    RawClient.get(port, "/hello", "b3: " + TRACE + "-" + PARENT + "-1");

    assertContinued(sonde().nextExchange());
  }

  @Test
  void continuesB3TraceInSeveralHeaders() throws Exception {
    RawClient.get(
        port, "/hello", "X-B3-TraceId: " + TRACE, "x-b3-spanid: " + PARENT, "X-B3-Sampled: 1");

    assertContinued(sonde().nextExchange());
  }

  @Test
  void continuesTraceparent() throws Exception {
    RawClient.get(port, "/hello", "Traceparent: 00-" + TRACE + "-" + PARENT + "-01");

    assertContinued(sonde().nextExchange());
  }

  private static void assertContinued(Exchange exchange) {
    assertThat(exchange.traceIdString()).isEqualTo(TRACE);
    assertThat(Long.toHexString(exchange.parentId())).isEqualTo(PARENT);
    assertThat(exchange.spanIdString()).isNotEqualTo(PARENT);
    assertThat(exchange.sampled()).isTrue();
  }

  @Test
  void startsOwnTraceWithoutHeaders() throws Exception {
    RawClient.get(port, "/hello");
    RawClient.get(port, "/hello");

    Exchange first = sonde().nextExchange();
    Exchange second = sonde().nextExchange();
    assertThat(first.traceIdString()).hasSize(32).isNotEqualTo(second.traceIdString());
    assertThat(first.parentId()).isZero();
    assertThat(first.sampled()).isTrue();
  }

  @Test
  void givesRequestIdBack() throws Exception {
    Response response = RawClient.get(port, "/hello");

    String traceId = sonde().nextExchange().traceIdString();
    assertThat(response.header("X-Request-ID")).isEqualTo(traceId);
  }

  @Test
  void keepsCallersRequestId() throws Exception {
    Response response = RawClient.get(port, "/hello", "x-request-id: order-4711");

    assertThat(sonde().nextExchange().requestId()).isEqualTo("order-4711");
    assertThat(response.header("X-Request-ID")).isEqualTo("order-4711");
  }

  @Test
  void replacesInvalidRequestId() throws Exception {
    Response response = RawClient.get(port, "/hello", "X-Request-ID: <script>");

    Exchange exchange = sonde().nextExchange();
    assertThat(exchange.requestId()).isEqualTo(exchange.traceIdString());
    assertThat(response.header("X-Request-ID")).isEqualTo(exchange.traceIdString());
  }

  @Test
  void keepsAHeaderTheApplicationSet() throws Exception {
    Response response = RawClient.get(port, "/own-id");

    sonde().nextExchange();
    assertThat(response.header("X-Request-ID")).isEqualTo("set-by-application");
  }

  @Test
  void servesTheExchangeOnItsThread() throws Exception {
    Response response = RawClient.get(port, "/current");

    sonde().nextExchange();
    assertThat(response.body()).isEqualTo("serving");
  }

  @Test
  void countsAsyncToItsRealEnd() throws Exception {
    assumeTrue(servesAsync());

    Response response = RawClient.get(port, "/async");
    Exchange exchange = sonde().nextExchange();

    assertThat(response.body()).isEqualTo("hello");
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.durationNanos())
        .isGreaterThanOrEqualTo(
            TimeUnit.MILLISECONDS.toNanos(TestApplication.ASYNC_MILLIS * 9 / 10));
    assertThat(response.header("X-Request-ID")).isEqualTo(exchange.traceIdString());
  }

  @Test
  void marksProbes() throws Exception {
    RawClient.get(port, "/hello", "User-Agent: Consul Health Check");

    Exchange exchange = sonde().nextExchange();
    assertThat(exchange.probe()).isTrue();
    assertThat(exchange.sampled()).isFalse();
  }

  @Test
  void isSilentWhenOff() throws Exception {
    Response[] response = new Response[2];
    sonde()
        .whileOff(
            () -> {
              response[0] = RawClient.get(port, "/current");
              response[1] = RawClient.get(port, "/boom");
            });

    assertThat(response[0].body()).isEqualTo("nothing");
    assertThat(response[0].header("X-Request-ID")).isNull();
    assertThat(response[1].status()).isEqualTo(statusOfThrown());
  }

  @Test
  void handlesBadRequestsWithoutHarm() throws Exception {
    try (RawClient client = new RawClient(port)) {
      assertThat(client.sendBytes(badRequest()).status()).isEqualTo(statusOfBadRequests());
    }
    if (countsBadRequests()) {
      assertThat(sonde().nextExchange().status()).isEqualTo(statusOfBadRequests());
    }
    if (statusOfBadRequests() == 0) {
      sonde().ignoreErrors();
    }

    assertThat(RawClient.get(port, "/hello").body()).isEqualTo("hello");
    assertThat(sonde().nextExchange().status()).isEqualTo(200);
  }

  @Test
  void keepAliveRequestsAreApart() throws Exception {
    try (RawClient client = new RawClient(port)) {
      client.send("GET", "/hello", null, "b3: " + TRACE + "-" + PARENT + "-1");
      client.send("GET", "/created", null);
    }

    Exchange first = sonde().nextExchange();
    Exchange second = sonde().nextExchange();
    assertThat(first.path()).isEqualTo("/hello");
    assertThat(first.traceIdString()).isEqualTo(TRACE);
    assertThat(second.path()).isEqualTo("/created");
    assertThat(second.traceIdString()).isNotEqualTo(TRACE);
  }
}

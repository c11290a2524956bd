// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.HttpServerContract;
import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.contract.TestApplication;
import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.recording.Exchange;
import io.sonde.bridge.SondeBridge;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Undertow's own handlers, on its I/O threads and on its worker's. */
class UndertowHandlerTest extends HttpServerContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new UndertowInstrumentation(), new ExecutorsInstrumentation());

  private Undertow server;

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "undertow";
  }

  @Override
  protected int start() {
    server =
        Undertow.builder()
            .setIoThreads(1)
            .setWorkerThreads(1)
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .addHttpListener(0, "127.0.0.1")
            .setHandler(this::serve)
            .build();
    server.start();
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  @Override
  protected void stop() {
    server.stop();
  }

  private void serve(HttpServerExchange http) {
    switch (http.getRequestPath()) {
      case "/async":
        http.dispatch(SameThreadExecutor.INSTANCE, () -> later(http));
        break;
      case "/worker-handler":
        http.dispatch(UndertowHandlerTest::sayWhetherServing);
        break;
      case "/worker-task":
        http.dispatch(() -> sayWhetherServing(http));
        break;
      case "/worker-boom":
        http.dispatch(
            ignored -> {
              throw new IllegalStateException("on the worker");
            });
        break;
      case "/committed-boom":
        http.dispatch(UndertowHandlerTest::throwTooLate);
        break;
      case "/unset":
        http.setStatusCode(204);
        break;
      default:
        answer(http);
    }
  }

  private static void answer(HttpServerExchange http) {
    TestApplication.Answer answer = TestApplication.answer(http.getRequestPath());
    http.setStatusCode(answer.status());
    answer
        .headers()
        .forEach((name, value) -> http.getResponseHeaders().put(new HttpString(name), value));
    http.getResponseSender().send(answer.body());
  }

  private static void sayWhetherServing(HttpServerExchange http) {
    http.getResponseSender().send(SondeBridge.current() == null ? "nothing" : "serving");
  }

  private static void throwTooLate(HttpServerExchange http) throws IOException {
    http.startBlocking();
    http.getOutputStream().write("half".getBytes(StandardCharsets.US_ASCII));
    http.getOutputStream().flush();
    throw new IllegalStateException("too late");
  }

  private static void later(HttpServerExchange http) {
    new Thread(
            () -> {
              try {
                Thread.sleep(TestApplication.ASYNC_MILLIS);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              answer(http);
            })
        .start();
  }

  @Test
  void servesTheExchangeOnTheWorkersThread() throws Exception {
    for (String path : new String[] {"/worker-handler", "/worker-task"}) {
      assertThat(RawClient.get(port(), path).body()).as(path).isEqualTo("serving");

      Exchange exchange = sonde.nextExchange();
      assertThat(exchange.path()).isEqualTo(path);
      assertThat(exchange.status()).isEqualTo(200);
    }
  }

  @Test
  void leavesNothingOnTheServersThreads() throws Exception {
    for (String path : new String[] {"/hello", "/worker-handler", "/worker-task", "/boom"}) {
      RawClient.get(port(), path);
      sonde.nextExchange();
    }
    sonde.ignoreErrors();
    Object[] left = new Object[2];
    CountDownLatch seen = new CountDownLatch(2);
    server
        .getWorker()
        .execute(
            () -> {
              left[0] = SondeBridge.current();
              seen.countDown();
            });
    server
        .getWorker()
        .getIoThread()
        .execute(
            () -> {
              left[1] = SondeBridge.current();
              seen.countDown();
            });

    assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(left).containsOnlyNulls();
  }

  @Test
  void recordsWhatIsThrownOnTheWorker() throws Exception {
    assertThat(RawClient.get(port(), "/worker-boom").status()).isEqualTo(500);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(500);
    assertThat(exchange.thrown()).hasMessage("on the worker");
    assertThat(sonde.nextError().exchange()).isSameAs(exchange);
  }

  @Test
  void keepsTheStatusThatWasSentBeforeTheHandlerThrew() throws Exception {
    assertThat(RawClient.get(port(), "/committed-boom").status()).isEqualTo(200);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.thrown()).hasMessage("too late");
    sonde.nextError();
  }

  @Test
  void givesRequestIdBackWithoutABody() throws Exception {
    RawClient.Response response = RawClient.get(port(), "/unset");

    assertThat(response.status()).isEqualTo(204);
    assertThat(response.header("X-Request-ID")).isEqualTo(sonde.nextExchange().requestId());
  }

  @Test
  void recordsHttp2StreamsApart() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    client.send(http2("/hello"), BodyHandlers.ofString()); // HTTP/1.1, and asks for an upgrade
    assertThat(sonde.nextExchange().status()).isEqualTo(101);
    assertThat(sonde.nextExchange().status()).isEqualTo(200);
    HttpResponse<String> stream = client.send(http2("/created?x=1"), BodyHandlers.ofString());
    Exchange exchange = sonde.nextExchange();

    assertThat(stream.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(stream.headers().firstValue("x-request-id")).hasValue(exchange.requestId());
    assertThat(exchange.path()).isEqualTo("/created");
    assertThat(exchange.query()).isEqualTo("x=1");
    assertThat(exchange.status()).isEqualTo(201);
    assertThat(exchange.remoteAddress()).isEqualTo("127.0.0.1");
  }

  private HttpRequest http2(String target) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + target))
        .version(HttpClient.Version.HTTP_2)
        .build();
  }

  @Test
  void countsARequestThatTheParserRefuses() throws Exception {
    try (RawClient client = new RawClient(port())) {
      String twoHosts = "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n";
      int sent = client.sendBytes(twoHosts).status();

      Exchange exchange = sonde.nextExchange();
      assertThat(exchange.status()).isEqualTo(sent);
      assertThat(exchange.remoteAddress()).isEqualTo("127.0.0.1");
    }
  }
}

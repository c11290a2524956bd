// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jdkhttpserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sonde.agent.instrumentation.contract.HttpServerContract;
import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.contract.TestApplication;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdkHttpServerInstrumentationTest extends HttpServerContract {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new JdkHttpServerInstrumentation());

  private HttpServer server;
  private ExecutorService threads;

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "jdk-http-server";
  }

  @Override
  protected int statusOfThrown() {
    return 0;
  }

  @Override
  protected int start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newFixedThreadPool(4);
    server.setExecutor(threads);
    server.createContext("/", JdkHttpServerInstrumentationTest::serve);
    server.createContext("/orders", JdkHttpServerInstrumentationTest::serve);
    server.createContext("/drop", HttpExchange::close);
    server.createContext("/half", JdkHttpServerInstrumentationTest::half);
    server.createContext("/empty", http -> http.sendResponseHeaders(204, -1));
    server.createContext("/number", http -> Integer.parseInt("seven"));
    server.createContext("/chunked", JdkHttpServerInstrumentationTest::chunked);
    server.createContext("/fail", JdkHttpServerInstrumentationTest::fail);
    server
        .createContext("/mapped", http -> Integer.parseInt("seven"))
        .getFilters()
        .add(new ErrorPage());
    server.start();
    return server.getAddress().getPort();
  }

  @Override
  protected void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void serve(HttpExchange http) throws IOException {
    if (http.getRequestURI().getPath().equals("/async")) {
      Thread thread = new Thread(() -> serveLater(http));
      thread.start();
    } else {
      answer(http);
    }
  }

  private static void serveLater(HttpExchange http) {
    try {
      Thread.sleep(TestApplication.ASYNC_MILLIS);
      answer(http);
    } catch (IOException | InterruptedException e) {
      http.close();
    }
  }

  private static void answer(HttpExchange http) throws IOException {
    http.getRequestBody().readAllBytes();
    TestApplication.Answer answer = TestApplication.answer(http.getRequestURI().getPath());
    answer.headers().forEach(http.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(UTF_8);
    boolean head = http.getRequestMethod().equals("HEAD");
    http.sendResponseHeaders(answer.status(), head ? -1 : body.length);
    if (!head) {
      http.getResponseBody().write(body);
    }
    http.close();
  }

  private static void chunked(HttpExchange http) throws IOException {
    http.sendResponseHeaders(200, 0);
    try (OutputStream body = http.getResponseBody()) {
      body.write("one".getBytes(UTF_8));
      body.write("two".getBytes(UTF_8));
    }
  }

  private static void fail(HttpExchange http) {
    http.getResponseHeaders().set("Content-Type", "application/json");
    if ("error".equals(http.getRequestURI().getQuery())) {
      throw new StackOverflowError("deep");
    }
    throw new IllegalStateException("fail");
  }

  private static void half(HttpExchange http) throws IOException {
    http.sendResponseHeaders(200, 100);
    http.getResponseBody().write("not a hundred".getBytes(UTF_8));
    http.getResponseBody().flush();
    throw new IOException("half");
  }

  /** Answers for a handler that threw: a part of the application. */
  private static final class ErrorPage extends Filter {
    @Override
    public void doFilter(HttpExchange http, Chain chain) throws IOException {
      try {
        chain.doFilter(http);
      } catch (NumberFormatException e) {
        http.sendResponseHeaders(422, -1);
      }
    }

    @Override
    public String description() {
      return "error page";
    }
  }

  @Test
  void countsWhatTheServerRefusesForLackOfAContext() throws Exception {
    server.removeContext("/");

    assertThat(RawClient.get(port(), "/hello?a=b").status()).isEqualTo(404);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.method()).isEqualTo("GET");
    assertThat(exchange.path()).isEqualTo("/hello");
    assertThat(exchange.query()).isEqualTo("a=b");
    assertThat(exchange.status()).isEqualTo(404);
    assertThat(exchange.route()).isEqualTo("unmatched");
  }

  @Test
  void takesAContextsPathAsRouteOfExactlyThatPath() throws Exception {
    RawClient.get(port(), "/empty");
    Exchange exact = sonde.nextExchange();
    RawClient.get(port(), "/empty/4711");
    Exchange below = sonde.nextExchange();

    assertThat(exact.route()).isEqualTo("/empty");
    assertThat(exact.status()).isEqualTo(204);
    assertThat(exact.handler()).isEqualTo(JdkHttpServerInstrumentationTest.class.getName());
    assertThat(below.route()).isEqualTo("/empty/{id}");
    assertThat(below.handler()).isEqualTo(JdkHttpServerInstrumentationTest.class.getName());
  }

  @Test
  void countsABodyOfUnknownLengthToItsEnd() throws Exception {
    assertThat(RawClient.get(port(), "/chunked").body()).isEqualTo("onetwo");

    assertThat(sonde.nextExchange().status()).isEqualTo(200);
  }

  @Test
  void hasNoStatusWhenTheHandlerDropsTheConnection() throws Exception {
    assertThat(RawClient.get(port(), "/drop").status()).isZero();

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isNull();
  }

  @Test
  void keepsTheStatusThatWasSentBeforeTheHandlerThrew() throws Exception {
    assertThat(RawClient.get(port(), "/half").status()).isEqualTo(200);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.thrown()).hasMessage("half");
    assertThat(sonde.nextError().thrown()).hasMessage("half");
  }

  @Test
  void leavesOutWhatAFilterOfTheApplicationHandles() throws Exception {
    assertThat(RawClient.get(port(), "/mapped").status()).isEqualTo(422);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(422);
    assertThat(exchange.thrown()).isNull();
  }

  @Test
  void recordsTheServersAnswerToANumberFormatException() throws Exception {
    int status = RawClient.get(port(), "/number").status();

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(status);
    assertThat(exchange.thrown()).isInstanceOf(NumberFormatException.class);
    sonde.nextError();
  }

  @Test
  void answersForAHandlerThatThrewAndKeepsTheConnection() throws Exception {
    sonde.recorder().recover(true);
    try (RawClient client = new RawClient(port())) {
      RawClient.Response first =
          client.send("POST", "/fail", "x".repeat(9_000), "X-Request-ID: req-1");
      RawClient.Response second = client.send("GET", "/hello", null);

      assertThat(first.status()).isEqualTo(500);
      assertThat(first.header("X-Request-ID")).isEqualTo("req-1");
      assertThat(first.header("Content-Type")).isNull();
      assertThat(first.body()).isEmpty();
      assertThat(second.status()).isEqualTo(200);
    } finally {
      sonde.recorder().recover(false);
    }

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(500);
    assertThat(exchange.thrown()).hasMessage("fail");
    assertThat(sonde.nextError().thrown()).hasMessage("fail");
    assertThat(sonde.nextExchange().status()).isEqualTo(200);
  }

  @Test
  void answersForAHandlerThatEndedItsThread() throws Exception {
    sonde.recorder().recover(true);
    try {
      assertThat(RawClient.get(port(), "/fail?error").status()).isEqualTo(500);
    } finally {
      sonde.recorder().recover(false);
    }

    assertThat(sonde.nextExchange().status()).isEqualTo(500);
    assertThat(sonde.nextError().thrown()).isInstanceOf(StackOverflowError.class);
  }

  @Test
  void answersForNoHandlerThatHadBegunTo() throws Exception {
    sonde.recorder().recover(true);
    try {
      assertThat(RawClient.get(port(), "/half").status()).isEqualTo(200);
    } finally {
      sonde.recorder().recover(false);
    }

    assertThat(sonde.nextExchange().status()).isEqualTo(200);
    sonde.nextError();
  }

  @Test
  void answersForNobodyUnlessAsked() throws Exception {
    assertThat(RawClient.get(port(), "/fail").status()).isZero();

    assertThat(sonde.nextExchange().status()).isZero();
    sonde.nextError();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.HttpServerContract;
import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.contract.TestApplication;
import io.sonde.agent.instrumentation.contract.TestApplication.Answer;
import io.sonde.agent.instrumentation.netty.NettyEventLoopInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyHttpInstrumentation;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Exchange.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Vert.x's server, and its client inside of it. */
class VertxServerTest extends HttpServerContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(
          new NettyHttpInstrumentation(),
          new NettyEventLoopInstrumentation(),
          new VertxInstrumentation());

  private Vertx vertx;
  private HttpClient client;
  private HttpServer server;
  private volatile HttpServerRequest failing;

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "netty";
  }

  /** Vert.x 4.0 answers only what is too long. */
  @Override
  protected int statusOfBadRequests() {
    try {
      Class.forName("io.vertx.core.impl.AbstractContext");
      return 0;
    } catch (ClassNotFoundException e) {
      return 400;
    }
  }

  @Override
  protected int start() throws Exception {
    vertx = Vertx.vertx();
    vertx.exceptionHandler(this::answerOops);
    client = VertxClientTest.newClient(vertx);
    server = await(vertx.createHttpServer().requestHandler(this::serve).listen(0, "127.0.0.1"));
    return server.actualPort();
  }

  @Override
  protected void stop() throws Exception {
    await(vertx.close());
  }

  private void answerOops(Throwable thrown) {
    if (failing != null) {
      failing.response().setStatusCode(500).end("oops");
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private void serve(HttpServerRequest request) {
    String path = request.path();
    if (path.equals("/async")) {
      vertx.setTimer(TestApplication.ASYNC_MILLIS, timer -> send(request, path));
    } else if (path.equals("/chain")) {
      call("/hello").compose(body -> call("/created")).onSuccess(body -> send(request, "/hello"));
    } else if (path.equals("/later")) {
      vertx.setTimer(20, timer -> call("/created").onSuccess(body -> send(request, "/hello")));
    } else if (path.equals("/unanswered")) {
      failing = null;
      request.response().putHeader("Content-Length", "7");
      throw new IllegalStateException("unanswered");
    } else if (path.equals("/unanswered/later")) {
      failing = null;
      vertx.setTimer(
          20,
          timer -> {
            throw new IllegalStateException("unanswered");
          });
    } else if (path.equals("/once")) {
      call("/created").onSuccess(body -> send(request, "/hello"));
    } else {
      failing = request;
      send(request, path);
    }
  }

  private Future<Buffer> call(String path) {
    return client
        .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", path)
        .compose(request -> request.send())
        .compose(response -> response.body());
  }

  private static void send(HttpServerRequest request, String path) {
    Answer answer = TestApplication.answer(path);
    answer.headers().forEach(request.response()::putHeader);
    request.response().setStatusCode(answer.status()).end(answer.body());
  }

  @Test
  void callsAreChildrenOfTheRequestThatMakesThem() throws Exception {
    RawClient.get(port(), "/chain");

    List<Exchange> all = next(5);
    Exchange chain = only(all, Kind.SERVER, "/chain");
    Exchange toHello = only(all, Kind.CLIENT, "/hello");
    Exchange toCreated = only(all, Kind.CLIENT, "/created");
    assertThat(toHello.parentId()).isEqualTo(chain.spanId());
    assertThat(only(all, Kind.SERVER, "/hello").parentId()).isEqualTo(toHello.spanId());
    assertThat(toCreated.parentId()).as("made by the first's answer").isEqualTo(chain.spanId());
    assertThat(only(all, Kind.SERVER, "/created").parentId()).isEqualTo(toCreated.spanId());
  }

  @Test
  void callsOfTimersAreChildrenToo() throws Exception {
    RawClient.get(port(), "/later");

    List<Exchange> all = next(3);
    assertThat(only(all, Kind.CLIENT, "/created").parentId())
        .isEqualTo(only(all, Kind.SERVER, "/later").spanId());
  }

  @Test
  void answersForAHandlerThatThrewAndKeepsTheConnection() throws Exception {
    sonde.recorder().recover(true);
    try (RawClient client = new RawClient(port())) {
      for (String path : List.of("/unanswered", "/unanswered/later")) {
        RawClient.Response response = client.send("GET", path, null, "X-Request-ID: req-1");

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.header("X-Request-ID")).isEqualTo("req-1");
        assertThat(response.body()).isEmpty();
        Exchange exchange = sonde.nextExchange();
        assertThat(exchange.status()).isEqualTo(500);
        assertThat(exchange.thrown()).hasMessage("unanswered");
        sonde.nextError();
      }
    } finally {
      sonde.recorder().recover(false);
    }
  }

  @Test
  void leavesAnAnswerOfTheApplicationsOwn() throws Exception {
    sonde.recorder().recover(true);
    try {
      assertThat(RawClient.get(port(), "/boom").body()).isEqualTo("oops");
    } finally {
      sonde.recorder().recover(false);
    }
    sonde.nextExchange();
    sonde.nextError();
  }

  @Test
  void tellsPipelinedRequestsApart() throws Exception {
    try (RawClient raw = new RawClient(port())) {
      raw.sendBytes(
          "GET /chain HTTP/1.1\r\nHost: x\r\n\r\n" + "GET /once HTTP/1.1\r\nHost: x\r\n\r\n");

      List<Exchange> all = next(8);
      Exchange chain = only(all, Kind.SERVER, "/chain");
      Exchange once = only(all, Kind.SERVER, "/once");
      assertThat(only(all, Kind.CLIENT, "/hello").parentId()).isEqualTo(chain.spanId());
      assertThat(all)
          .filteredOn(e -> e.kind() == Kind.CLIENT && e.path().equals("/created"))
          .extracting(Exchange::parentId)
          .containsExactlyInAnyOrder(chain.spanId(), once.spanId());
    }
  }

  /** In no order: both ends of a call end on threads of their own. */
  private static List<Exchange> next(int count) {
    List<Exchange> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(sonde.nextExchange());
    }
    return all;
  }

  private static Exchange only(List<Exchange> all, Kind kind, String path) {
    List<Exchange> found =
        all.stream().filter(e -> e.kind() == kind && e.path().equals(path)).toList();
    assertThat(found).as(kind + " " + path).hasSize(1);
    return found.get(0);
  }
}

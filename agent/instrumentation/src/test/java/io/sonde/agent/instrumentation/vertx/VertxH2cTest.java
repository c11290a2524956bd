// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.contract.TestApplication;
import io.sonde.agent.instrumentation.contract.TestApplication.Answer;
import io.sonde.agent.instrumentation.netty.NettyEventLoopInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyHttpInstrumentation;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Exchange.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Vert.x's server and client, with HTTP/2 from the first byte on. */
class VertxH2cTest {

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

  /** With {@link VertxH2cUpgradeTest} a connection's first request is upgraded. */
  boolean upgrades() {
    return false;
  }

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    vertx.exceptionHandler(this::answerOops);
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(upgrades());
    client =
        (HttpClient)
            Vertx.class
                .getMethod("createHttpClient", HttpClientOptions.class)
                .invoke(vertx, options);
    server = await(vertx.createHttpServer().requestHandler(this::serve).listen(0, "127.0.0.1"));
  }

  @AfterEach
  void stop() throws Exception {
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
    assertThat(request.version()).isEqualTo(HttpVersion.HTTP_2);
    String path = request.path();
    if (path.startsWith("/chain/")) {
      String below = path.substring("/chain".length());
      vertx.setTimer(
          20,
          timer ->
              call("/hello?" + path)
                  .compose(first -> call(below))
                  .onSuccess(second -> send(request, "/hello")));
    } else if (path.equals("/unanswered")) {
      failing = null;
      throw new IllegalStateException("unanswered");
    } else {
      failing = request;
      send(request, path);
    }
  }

  private static void send(HttpServerRequest request, String path) {
    Answer answer = TestApplication.answer(path);
    answer.headers().forEach(request.response()::putHeader);
    request.response().setStatusCode(answer.status()).end(answer.body());
  }

  private record Got(int status, String requestId, String body) {}

  private Future<Got> call(String path) {
    return client
        .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", path)
        .compose(
            request -> {
              // Before it is sent: attached later, it may come when the body has passed.
              Future<Got> got = request.response().compose(VertxH2cTest::got);
              request.send();
              return got;
            });
  }

  private static Future<Got> got(HttpClientResponse response) {
    String requestId = response.getHeader("x-request-id");
    return response.body().map(body -> new Got(response.statusCode(), requestId, body.toString()));
  }

  @Test
  void answersForAHandlerThatThrew() throws Exception {
    sonde.recorder().recover(true);
    try {
      Got got = await(call("/unanswered"));

      assertThat(got.status()).isEqualTo(500);
      assertThat(got.requestId()).isNotNull();
      assertThat(got.body()).isEmpty();
      assertThat(only(next(2), Kind.SERVER, "/unanswered").status()).isEqualTo(500);
      sonde.nextError();
    } finally {
      sonde.recorder().recover(false);
    }
  }

  @Test
  void recordsACallOnBothSides() throws Exception {
    for (int i = 0; i < 2; i++) {
      Got got = await(call("/created?a=b"));

      List<Exchange> both = next(2);
      Exchange served = only(both, Kind.SERVER, "/created");
      Exchange called = only(both, Kind.CLIENT, "/created");
      assertThat(got).isEqualTo(new Got(201, served.requestId(), "created"));
      assertThat(served.status()).isEqualTo(201);
      assertThat(served.query()).isEqualTo("a=b");
      assertThat(served.parentId()).isEqualTo(called.spanId());
      assertThat(served.requestId()).isEqualTo(called.requestId());
      assertThat(called.status()).isEqualTo(201);
      assertThat(called.peerHost()).isEqualTo("127.0.0.1");
      assertThat(called.peerPort()).isEqualTo(server.actualPort());
    }
  }

  @Test
  void handlersServeTheExchange() throws Exception {
    assertThat(await(call("/current")).body()).isEqualTo("serving");

    next(2);
  }

  @Test
  void recordsWhatAHandlerThrows() throws Exception {
    assertThat(await(call("/boom")).status()).isEqualTo(500);

    Exchange served = only(next(2), Kind.SERVER, "/boom");
    assertThat(served.status()).isEqualTo(500);
    assertThat(served.thrown()).isInstanceOf(TestApplication.Boom.class);
    assertThat(sonde.nextError().exchange()).isSameAs(served);
  }

  @Test
  void callsAreChildrenOfTheRequestThatMakesThem() throws Exception {
    await(call("/hello"));
    next(2);
    List<Future<Got>> calls = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      calls.add(call("/chain/" + i));
    }
    for (Future<Got> call : calls) {
      await(call);
    }

    List<Exchange> all = next(5 * 6);
    for (int i = 0; i < 5; i++) {
      Exchange chain = only(all, Kind.SERVER, "/chain/" + i);
      Exchange second = only(all, Kind.CLIENT, "/" + i);
      assertThat(second.parentId()).isEqualTo(chain.spanId());
      assertThat(only(all, Kind.SERVER, "/" + i).parentId()).isEqualTo(second.spanId());
      assertThat(all)
          .filteredOn(e -> e.kind() == Kind.CLIENT && e.parentId() == chain.spanId())
          .as("the first, and the one that is made by its answer")
          .hasSize(2);
    }
  }

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

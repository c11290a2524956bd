// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.vertxweb;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.netty.NettyEventLoopInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyHttpInstrumentation;
import io.sonde.agent.instrumentation.vertx.VertxInstrumentation;
import io.sonde.agent.recording.Exchange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VertxWebInstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(
          new NettyHttpInstrumentation(),
          new NettyEventLoopInstrumentation(),
          new VertxInstrumentation(),
          new VertxWebInstrumentation());

  private static Vertx vertx;
  private static int port;

  @BeforeAll
  static void startServer() throws Exception {
    vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    router.route().handler(BodyHandler.create());
    router.route("/*").handler(RoutingContext::next);
    router.route("/api/*").handler(VertxWebInstrumentationTest::authorize);
    router.get("/orders/:order").handler(RoutingContext::next).handler(http -> http.end("order"));
    router.get("/plain").handler(http -> http.end("plain"));
    router.getWithRegex("\\/regex\\/(?<word>[a-z]+)").handler(http -> http.end("regex"));
    router.get("/blocking/:id").blockingHandler(http -> http.end("blocking"));
    router.get("/timer/:id").handler(http -> vertx.setTimer(10, timer -> http.next()));
    router.get("/timer/:id").handler(http -> http.end("timer"));
    router.get("/missing/:id").handler(http -> http.fail(404));
    router.get("/boom/:id").handler(http -> boom());
    router.get("/failed/:id").handler(http -> http.fail(new IllegalStateException("failed")));
    router.get("/shown/:id").handler(http -> boom());
    router.route("/shown/*").failureHandler(http -> http.response().setStatusCode(503).end("page"));
    router.get("/worse/:id").handler(http -> http.fail(500));
    router.route("/worse/*").failureHandler(http -> boom());
    router.route("/static/*").handler(StaticHandler.create("io/sonde"));
    router.route("/api/*").subRouter(api());
    router.route("/shops/:shop/*").subRouter(items());
    HttpServer server = vertx.createHttpServer().requestHandler(router);
    port = await(server.listen(0, "127.0.0.1")).actualPort();
  }

  private static Router api() {
    Router api = Router.router(vertx);
    api.get("/v1/:name").handler(http -> http.end("api"));
    api.get("/boom").handler(http -> boom());
    api.route("/inner/*").subRouter(items());
    return api;
  }

  private static Router items() {
    Router items = Router.router(vertx);
    items.get("/items/:item").handler(http -> http.end(http.pathParam("item")));
    return items;
  }

  private static void authorize(RoutingContext http) {
    if (http.request().getHeader("X-Refused") == null) {
      http.next();
    } else {
      http.fail(401);
    }
  }

  private static void boom() {
    throw new IllegalStateException("boom");
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @AfterAll
  static void stopServer() throws Exception {
    await(vertx.close());
  }

  @ParameterizedTest
  @CsvSource({
    "/orders/7, 200, /orders/{order}",
    "/plain, 200, /plain",
    "/regex/x, 200, \\/regex\\/(?<word>[a-z]+)",
    "/blocking/7, 200, /blocking/{id}",
    "/timer/7, 200, /timer/{id}",
    "/missing/7, 404, /missing/{id}",
    "/static/none.css, 404, /static/*",
    "/api/v1/users, 200, /api/v1/{name}",
    "/api/inner/items/8, 200, /api/inner/items/{item}",
    "/shops/7/items/8, 200, /shops/{shop}/items/{item}",
    "/api/nowhere/7, 404, /api/*",
    "/nowhere/7, 404, unmatched"
  })
  void namesTheRouteThatAnswers(String path, int status, String route) throws Exception {
    assertThat(RawClient.get(port, path).status()).isEqualTo(status);

    assertExchange(status, route);
  }

  private static void assertExchange(int status, String route) {
    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(status);
    assertThat(exchange.route()).isEqualTo(route);
    assertThat(exchange.thrown()).isNull();
  }

  @Test
  void namesTheMappingOfAHandlerThatRefuses() throws Exception {
    assertThat(RawClient.get(port, "/api/v1/users", "X-Refused: yes").status()).isEqualTo(401);

    assertExchange(401, "/api/*");
  }

  @ParameterizedTest
  @CsvSource({
    "/boom/7, 500, /boom/{id}, boom",
    "/failed/7, 500, /failed/{id}, failed",
    "/shown/7, 503, /shown/{id}, boom",
    "/worse/7, 500, /worse/{id}, boom",
    "/api/boom, 500, /api/boom, boom"
  })
  void recordsAnExceptionWhateverIsAnswered(String path, int status, String route, String message)
      throws Exception {
    assertThat(RawClient.get(port, path).status()).isEqualTo(status);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(status);
    assertThat(exchange.route()).isEqualTo(route);
    assertThat(exchange.thrown()).isInstanceOf(IllegalStateException.class).hasMessage(message);
    assertThat(sonde.nextError().exchange()).isSameAs(exchange);
  }
}

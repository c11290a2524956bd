// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyEventLoopInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyHttpInstrumentation;
import io.sonde.agent.instrumentation.reactornetty.ReactorNettyInstrumentation;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Without Spring Boot, on Reactor Netty. */
class WebFluxInstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(
          new NettyHttpInstrumentation(),
          new NettyEventLoopInstrumentation(),
          new ExecutorsInstrumentation(),
          new ReactorNettyInstrumentation(),
          new WebFluxInstrumentation());

  private static AnnotationConfigApplicationContext application;
  private static DisposableServer server;
  private static int port;

  @BeforeAll
  static void startServer() {
    application = new AnnotationConfigApplicationContext(WebFluxApplication.class);
    ReactorHttpHandlerAdapter handler =
        new ReactorHttpHandlerAdapter(
            WebHttpHandlerBuilder.applicationContext(application).build());
    server = HttpServer.create().host("127.0.0.1").port(0).handle(handler).bindNow();
    port = server.port();
  }

  @AfterAll
  static void stopServer() {
    server.disposeNow();
    application.close();
  }

  @Test
  void namesTheTemplateAndTheControllersMethod() throws Exception {
    assertThat(RawClient.get(port, "/orders/7").body()).isEqualTo("order 7");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.route()).isEqualTo("/orders/{id}");
    assertThat(exchange.path()).isEqualTo("/orders/7");
    assertThat(exchange.handler()).endsWith("Orders#find(long)");
  }

  @ParameterizedTest
  @CsvSource({
    "/orders/7, 200, /orders/{id}",
    "/missing/7, 404, /missing/{id}",
    "/moved/7, 302, /moved/{id}",
    "/functions/x, 200, /functions/{name}",
    "/shops/7/items/8, 200, /shops/{shop}/items/{item}",
    "/plain/x, 204, /plain/*",
    "/files/agent/none.css, 404, /files/**",
    "/nowhere/7, 404, unmatched"
  })
  void namesTheRouteWhereverTheHandlerRuns(String path, int status, String route) throws Exception {
    assertThat(RawClient.get(port, path).status()).isEqualTo(status);
    assertExchange(status, route);

    String elsewhere = WebFluxApplication.ELSEWHERE + ": yes";
    assertThat(RawClient.get(port, path, elsewhere).status()).isEqualTo(status);
    assertExchange(status, route);
  }

  private static void assertExchange(int status, String route) {
    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(status);
    assertThat(exchange.route()).isEqualTo(route);
    assertThat(exchange.thrown()).isNull();
  }

  @Test
  void anEndpointWithoutAPathHasALearnedRoute() throws Exception {
    assertThat(RawClient.get(port, "/anything/7", "X-Version: 2").body()).isEqualTo("version");

    assertExchange(200, "/anything/{id}");
  }

  @Test
  void measuresAStreamToItsEnd() throws Exception {
    assertThat(RawClient.get(port, "/events/7").body()).isEqualTo("abc");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.route()).isEqualTo("/events/{id}");
    assertThat(exchange.durationNanos())
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(WebFluxApplication.WORK_MILLIS));
  }

  @ParameterizedTest
  @CsvSource({
    "/boom/7, /boom/{id}, boom 7",
    "/thrown/7, /thrown/{id}, thrown 7",
    "/failing-function/7, /failing-function/{id}, function"
  })
  void recordsAnExceptionThatNobodyTakes(String path, String route, String message)
      throws Exception {
    for (String header : new String[] {"X-Other: x", WebFluxApplication.ELSEWHERE + ": yes"}) {
      assertThat(RawClient.get(port, path, header).status()).isEqualTo(500);

      Exchange exchange = sonde.nextExchange();
      assertThat(exchange.status()).isEqualTo(500);
      assertThat(exchange.route()).isEqualTo(route);
      assertThat(exchange.thrown()).isInstanceOf(IOException.class).hasMessage(message);
      assertThat(sonde.nextError().exchange()).isSameAs(exchange);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/handled/7, 409, /handled/{id}",
    "/refused/7, 409, /refused/{id}",
    "/teapot/7, 418, /teapot/{id}"
  })
  void anExceptionThatTheApplicationTakesIsAResponse(String path, int status, String route)
      throws Exception {
    assertThat(RawClient.get(port, path).status()).isEqualTo(status);

    assertExchange(status, route);
  }
}

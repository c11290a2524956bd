// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ExceptionHandler;
import io.javalin.http.Handler;
import io.javalin.http.NotFoundResponse;
import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.jetty.JettyInstrumentation;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JavalinInstrumentationTest {

  private static final int WORK_MILLIS = 50;

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new JettyInstrumentation(), new JavalinInstrumentation());

  private static Javalin server;
  private static int port;

  @BeforeAll
  static void startServer() throws Exception {
    server = Javalin.create(JavalinInstrumentationTest::addRoutesOf7);
    if (routesOf7() == null) {
      addRoutes(server);
    }
    server.start("127.0.0.1", 0);
    port = server.port();
  }

  private static void addRoutesOf7(JavalinConfig config) {
    try {
      if (routesOf7() != null) {
        addRoutes(routesOf7().get(config));
      }
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Null before 7: the server itself takes routes, when it is made. */
  private static Field routesOf7() {
    try {
      return JavalinConfig.class.getField("routes");
    } catch (NoSuchFieldException e) {
      return null;
    }
  }

  private static void addRoutes(Object routes) throws ReflectiveOperationException {
    add(routes, "before", "/*", http -> http.header("X-Before", "yes"));
    add(routes, "after", "/*", http -> http.header("X-After", "yes"));
    add(routes, "get", "/orders/{order}", http -> http.result("order " + http.pathParam("order")));
    add(routes, "get", "/files/<path>", http -> http.result("file " + http.pathParam("path")));
    add(routes, "get", "/missing/{id}", http -> notFound());
    add(routes, "get", "/refused/{id}", http -> refuse());
    add(routes, "get", "/boom/{id}", http -> boom());
    add(routes, "get", "/later/{id}", http -> http.future(() -> later().thenAccept(http::result)));
    ExceptionHandler<IllegalStateException> mapper =
        (thrown, http) -> http.status(409).result("refused");
    routes
        .getClass()
        .getMethod("exception", Class.class, ExceptionHandler.class)
        .invoke(routes, IllegalStateException.class, mapper);
  }

  /** What it returns is of another type in each version. */
  private static void add(Object routes, String method, String path, Handler handler)
      throws ReflectiveOperationException {
    routes.getClass().getMethod(method, String.class, Handler.class).invoke(routes, path, handler);
  }

  private static void notFound() {
    throw new NotFoundResponse();
  }

  private static void refuse() {
    throw new IllegalStateException();
  }

  private static void boom() throws IOException {
    throw new IOException("boom");
  }

  private static CompletableFuture<String> later() {
    return new CompletableFuture<String>()
        .completeOnTimeout("later", WORK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @AfterAll
  static void stopServer() {
    server.stop();
  }

  @Test
  void namesTheTemplateAndNoFilter() throws Exception {
    RawClient.Response response = RawClient.get(port, "/orders/7");

    assertThat(response.body()).isEqualTo("order 7");
    assertThat(response.header("X-Before")).isEqualTo("yes");
    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.route()).isEqualTo("/orders/{order}");
    assertThat(exchange.path()).isEqualTo("/orders/7");
  }

  @Test
  void namesATemplateThatTakesSlashes() throws Exception {
    assertThat(RawClient.get(port, "/files/a/b").body()).isEqualTo("file a/b");

    assertThat(sonde.nextExchange().route()).isEqualTo("/files/<path>");
  }

  @Test
  void namesWhatNoEndpointMatchesUnmatched() throws Exception {
    assertThat(RawClient.get(port, "/nowhere/7").status()).isEqualTo(404);

    assertThat(sonde.nextExchange().route()).isEqualTo("unmatched");
  }

  @Test
  void keepsTheRouteOfAnswersThatAreNotFound() throws Exception {
    assertThat(RawClient.get(port, "/missing/7").status()).isEqualTo(404);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.route()).isEqualTo("/missing/{id}");
    assertThat(exchange.thrown()).isNull();
  }

  @Test
  void anExceptionThatIsMappedIsAResponse() throws Exception {
    assertThat(RawClient.get(port, "/refused/7").body()).isEqualTo("refused");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.route()).isEqualTo("/refused/{id}");
    assertThat(exchange.status()).isEqualTo(409);
    assertThat(exchange.thrown()).isNull();
  }

  @Test
  void recordsAnExceptionThatEscapes() throws Exception {
    assertThat(RawClient.get(port, "/boom/7").status()).isEqualTo(500);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.route()).isEqualTo("/boom/{id}");
    assertThat(exchange.thrown()).isInstanceOf(IOException.class).hasMessage("boom");
    assertThat(sonde.nextError().exchange()).isSameAs(exchange);
  }

  @Test
  void measuresAFutureToItsEnd() throws Exception {
    assertThat(RawClient.get(port, "/later/7").body()).isEqualTo("later");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.route()).isEqualTo("/later/{id}");
    assertThat(exchange.durationNanos())
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(WORK_MILLIS * 9 / 10));
  }
}

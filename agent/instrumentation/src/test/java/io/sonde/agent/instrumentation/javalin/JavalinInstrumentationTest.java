// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.http.Handler;
import io.javalin.http.NotFoundResponse;
import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.jetty.JettyInstrumentation;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
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
    server = Javalin.create();
    add("before", "/*", http -> http.header("X-Before", "yes"));
    add("after", "/*", http -> http.header("X-After", "yes"));
    add("get", "/orders/{order}", http -> http.result("order " + http.pathParam("order")));
    add("get", "/files/<path>", http -> http.result("file " + http.pathParam("path")));
    add("get", "/missing/{id}", http -> notFound());
    add("get", "/refused/{id}", http -> refuse());
    add("get", "/boom/{id}", http -> boom());
    add("get", "/later/{id}", http -> http.future(() -> later().thenAccept(http::result)));
    server.exception(
        IllegalStateException.class, (thrown, http) -> http.status(409).result("refused"));
    server.start("127.0.0.1", 0);
    port = server.port();
  }

  /** Its return type is another in 5 than in 6. */
  private static void add(String method, String path, Handler handler) throws Exception {
    Javalin.class.getMethod(method, String.class, Handler.class).invoke(server, path, handler);
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

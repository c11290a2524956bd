// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.RawClient.Response;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.tomcat.EmbeddedTomcat;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Wrapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What the instrumentation of a JAX-RS implementation promises, behind a servlet that is mapped to
 * {@code /api/*} of a real Tomcat.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ResourceContract {

  /** Of the servlet: its mapping's path. */
  protected static final String MOUNT = "/api";

  private EmbeddedTomcat server;
  private int port;

  protected abstract SondeExtension sonde();

  /** Name of the implementation's {@code RuntimeDelegate}: both are on the class path. */
  protected abstract String delegate();

  /** Name of the implementation's servlet. */
  protected abstract String servlet();

  protected abstract void configure(Wrapper servlet);

  /** Of {@code /api/shops/7/items/8}, served by a sub-resource. */
  protected abstract String routeOfSubResource();

  /** Its method, or what the server has told. */
  protected abstract String handlerOfSubResource();

  /** False before JAX-RS 2.1. */
  protected boolean servesStages() {
    return true;
  }

  @BeforeAll
  void startServer() throws Exception {
    String api = EmbeddedTomcat.isJavax() ? "javax" : "jakarta";
    choose(api, delegate());
    server = new EmbeddedTomcat();
    Wrapper servlet = server.servlet(servlet(), MOUNT + "/*");
    servlet.addInitParameter(
        api + ".ws.rs.Application",
        EmbeddedTomcat.isJavax()
            ? JavaxApplication.class.getName()
            : JakartaApplication.class.getName());
    configure(servlet);
    port = server.start();
  }

  /** The implementation that serves from now on. */
  public static void choose(String api, String delegate) throws Exception {
    Class<?> runtime = Class.forName(api + ".ws.rs.ext.RuntimeDelegate");
    Object chosen = Class.forName(delegate).getConstructor().newInstance();
    runtime.getMethod("setInstance", runtime).invoke(null, chosen);
  }

  @AfterAll
  void stopServer() throws Exception {
    server.close();
  }

  @Test
  void namesTheTemplateAndTheResourcesMethod() throws Exception {
    assertThat(RawClient.get(port, "/api/orders/7").body()).isEqualTo("order 7");

    Exchange exchange = sonde().nextExchange();
    assertThat(exchange.route()).isEqualTo("/api/orders/{id}");
    assertThat(exchange.path()).isEqualTo("/api/orders/7");
    assertThat(exchange.handler()).endsWith("Application$Orders#find(long)");
  }

  @Test
  void aVariablesPatternIsNoPartOfTheRoute() throws Exception {
    assertThat(RawClient.get(port, "/api/orders/7/lines/a/b").body()).isEqualTo("line a/b");

    Exchange exchange = sonde().nextExchange();
    assertThat(exchange.route()).isEqualTo("/api/orders/{id}/lines/{line}");
    assertThat(exchange.handler()).endsWith("Application$Orders#line(long, String)");
  }

  @Test
  void tellsResourcesApartThatInheritTheSameMethod() throws Exception {
    RawClient.get(port, "/api/orders/all");
    assertThat(sonde().nextExchange().route()).isEqualTo("/api/orders/all");

    RawClient.get(port, "/api/shops/all");
    assertThat(sonde().nextExchange().route()).isEqualTo("/api/shops/all");
  }

  @Test
  void namesTheRoot() throws Exception {
    assertThat(RawClient.get(port, "/api/").body()).isEqualTo("root");

    assertThat(sonde().nextExchange().route()).isEqualTo("/api");
  }

  @Test
  void namesTheTemplateOfASubResource() throws Exception {
    assertThat(RawClient.get(port, "/api/shops/7/items/8").body()).isEqualTo("item 8");

    Exchange exchange = sonde().nextExchange();
    assertThat(exchange.route()).isEqualTo(routeOfSubResource());
    assertThat(exchange.handler()).endsWith(handlerOfSubResource());
  }

  @Test
  void namesWhatNoResourceMatchesUnmatched() throws Exception {
    assertThat(RawClient.get(port, "/api/nowhere/7").status()).isEqualTo(404);

    Exchange exchange = sonde().nextExchange();
    assertThat(exchange.status()).isEqualTo(404);
    assertThat(exchange.route()).isEqualTo("unmatched");
  }

  @Test
  void keepsTheRouteOfAnswersThatAreNotFound() throws Exception {
    assertThat(RawClient.get(port, "/api/missing/7").status()).isEqualTo(404);

    Exchange exchange = sonde().nextExchange();
    assertThat(exchange.route()).isEqualTo("/api/missing/{id}");
    assertThat(exchange.thrown()).isNull();
  }

  @Test
  void anExceptionThatIsMappedIsAResponse() throws Exception {
    Response response = RawClient.get(port, "/api/refused/7");

    assertThat(response.status()).isEqualTo(409);
    assertThat(response.body()).isEqualTo("refused 7");
    Exchange exchange = sonde().nextExchange();
    assertThat(exchange.route()).isEqualTo("/api/refused/{id}");
    assertThat(exchange.status()).isEqualTo(409);
    assertThat(exchange.thrown()).isNull();
  }

  @Test
  void recordsAnExceptionThatEscapes() throws Exception {
    assertThat(RawClient.get(port, "/api/boom/7").status()).isEqualTo(500);

    Exchange exchange = sonde().nextExchange();
    assertThat(exchange.route()).isEqualTo("/api/boom/{id}");
    assertThat(exchange.status()).isEqualTo(500);
    assertThat(rootOf(exchange.thrown())).isInstanceOf(IOException.class).hasMessage("boom 7");
    assertThat(sonde().nextError().exchange()).isSameAs(exchange);
  }

  private static Throwable rootOf(Throwable thrown) {
    return thrown == null || thrown.getCause() == null ? thrown : rootOf(thrown.getCause());
  }

  @Test
  void measuresAnAsynchronousResponseToItsEnd() throws Exception {
    assertThat(RawClient.get(port, "/api/orders/7/later").body()).isEqualTo("later");

    assertWorked(sonde().nextExchange(), "/api/orders/{id}/later");
  }

  @Test
  void measuresACompletionStageToItsEnd() throws Exception {
    assumeTrue(servesStages());
    assertThat(RawClient.get(port, "/api/orders/7/staged").body()).isEqualTo("staged");

    assertWorked(sonde().nextExchange(), "/api/orders/{id}/staged");
  }

  private static void assertWorked(Exchange exchange, String route) {
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.route()).isEqualTo(route);
    assertThat(exchange.durationNanos())
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(Later.WORK_MILLIS * 9 / 10));
  }

  @Test
  void isQuietWhileSwitchedOff() throws Exception {
    Response[] response = new Response[1];

    sonde().whileOff(() -> response[0] = RawClient.get(port, "/api/orders/7"));

    assertThat(response[0].body()).isEqualTo("order 7");
  }
}

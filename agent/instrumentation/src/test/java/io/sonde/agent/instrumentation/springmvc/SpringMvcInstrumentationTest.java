// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.springmvc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.RawClient.Response;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.tomcat.EmbeddedTomcat;
import io.sonde.agent.instrumentation.tomcat.TomcatInstrumentation;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Wrapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SpringMvcInstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new TomcatInstrumentation(), new SpringMvcInstrumentation());

  private static EmbeddedTomcat server;
  private static int port;

  @BeforeAll
  static void startServer() throws Exception {
    server = new EmbeddedTomcat();
    Wrapper dispatcher = server.servlet("org.springframework.web.servlet.DispatcherServlet", "/");
    dispatcher.addMapping("/api/*");
    dispatcher.addInitParameter(
        "contextClass",
        "org.springframework.web.context.support.AnnotationConfigWebApplicationContext");
    dispatcher.addInitParameter("contextConfigLocation", WebApplication.class.getName());
    dispatcher.addInitParameter("throwExceptionIfNoHandlerFound", "false");
    server.errorPage(404, "/error");
    server.errorPage(500, "/error");
    port = server.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Test
  void namesTheTemplateAndTheControllersMethod() throws Exception {
    assertThat(RawClient.get(port, "/orders/7").body()).isEqualTo("order 7");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.route()).isEqualTo("/orders/{id}");
    assertThat(exchange.path()).isEqualTo("/orders/7");
    assertThat(exchange.handler()).endsWith("Orders#find(long)");
  }

  @Test
  void keepsTheRouteOfAnswersThatAreNotFound() throws Exception {
    assertThat(RawClient.get(port, "/missing/7").status()).isEqualTo(404);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(404);
    assertThat(exchange.route()).isEqualTo("/missing/{id}");
  }

  @Test
  void keepsTheRouteThroughAnErrorDispatch() throws Exception {
    Response response = RawClient.get(port, "/boom/7");

    assertThat(response.status()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("error page");
    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.route()).isEqualTo("/boom/{id}");
    assertThat(exchange.path()).isEqualTo("/boom/7");
    assertThat(exchange.thrown()).isInstanceOf(IOException.class).hasMessage("boom 7");
    assertThat(sonde.nextError().exchange()).isSameAs(exchange);
  }

  @Test
  void namesWhatNobodyHandlesUnmatched() throws Exception {
    Response response = RawClient.get(port, "/nowhere/7");

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("error page");
    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(404);
    assertThat(exchange.route()).isEqualTo("unmatched");
  }

  @Test
  void theMappingOfTheDispatcherServletSaysNothing() throws Exception {
    RawClient.get(port, "/api/orders/7");
    assertThat(sonde.nextExchange().route()).isEqualTo("/orders/{id}");

    RawClient.get(port, "/api/nowhere/7");
    assertThat(sonde.nextExchange().route()).isEqualTo("unmatched");
  }

  @Test
  void namesThePatternOfResources() throws Exception {
    RawClient.get(port, "/files/agent/none.css");

    assertThat(sonde.nextExchange().route()).isEqualTo("/files/**");
  }

  @Test
  void namesTheTemplateOfAFunctionalEndpoint() throws Exception {
    assertThat(RawClient.get(port, "/functions/x").body()).isEqualTo("function");

    assertThat(sonde.nextExchange().route()).isEqualTo("/functions/{name}");
  }

  @Test
  void measuresADeferredResultToItsEnd() throws Exception {
    assertThat(RawClient.get(port, "/deferred/7").body()).isEqualTo("deferred");

    assertWorked(sonde.nextExchange(), "/deferred/{id}");
  }

  @Test
  void measuresACallableToItsEnd() throws Exception {
    assertThat(RawClient.get(port, "/callable/7").body()).isEqualTo("callable");

    assertWorked(sonde.nextExchange(), "/callable/{id}");
  }

  private static void assertWorked(Exchange exchange, String route) {
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.route()).isEqualTo(route);
    assertThat(exchange.durationNanos())
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(WebApplication.WORK_MILLIS * 9 / 10));
  }

  @Test
  void recordsWhatADeferredResultFailsWith() throws Exception {
    assertThat(RawClient.get(port, "/failing/7").status()).isEqualTo(500);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.route()).isEqualTo("/failing/{id}");
    assertThat(exchange.status()).isEqualTo(500);
    assertThat(exchange.thrown()).hasRootCauseMessage("deferred");
    sonde.nextError();
  }

  @Test
  void countsADeferredResultThatTimesOut() throws Exception {
    assertThat(RawClient.get(port, "/never/7").status()).isEqualTo(503);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.route()).isEqualTo("/never/{id}");
    assertThat(exchange.status()).isEqualTo(503);
  }
}

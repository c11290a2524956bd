// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.HttpServerContract;
import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.RawClient.Response;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.instrumentation.tomcat.ScenarioServlet;
import io.sonde.agent.recording.Exchange;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ErrorPage;
import io.undertow.servlet.api.ServletContainer;
import io.undertow.servlet.api.ServletInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same with servlets, of javax or jakarta. */
class UndertowServletTest extends HttpServerContract {

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
  protected int start() throws Exception {
    DeploymentManager deployment = ServletContainer.Factory.newInstance().addDeployment(servlets());
    deployment.deploy();
    server =
        Undertow.builder()
            .setIoThreads(1)
            .setWorkerThreads(2)
            .addHttpListener(0, "127.0.0.1")
            .setHandler(deployment.start())
            .build();
    server.start();
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  /** Raw types: the bounds are of one servlet API, and it runs with both. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static DeploymentInfo servlets() throws ClassNotFoundException {
    Class type = Class.forName(ScenarioServlet.className());
    ServletInfo servlet = new ServletInfo("scenarios", type);
    servlet
        .setAsyncSupported(true)
        .addMappings("/", "/orders/*", "/reports/2024", "/created", "/error-page", "*.page");
    return Servlets.deployment()
        .setClassLoader(UndertowServletTest.class.getClassLoader())
        .setContextPath("/")
        .setDeploymentName("test")
        .addErrorPage(new ErrorPage("/error-page", 409))
        .addServlet(servlet);
  }

  @Override
  protected void stop() {
    server.stop();
  }

  @Test
  void namesTheMappingOfAServlet() throws Exception {
    for (String path : new String[] {"/orders/alice/items", "/orders/7?x=1", "/orders"}) {
      RawClient.get(port(), path);

      Exchange exchange = sonde.nextExchange();
      assertThat(exchange.route()).as(path).isEqualTo("/orders/*");
      assertThat(exchange.handler()).isEqualTo(ScenarioServlet.className());
    }
  }

  @Test
  void namesAnExactMappingAsItIs() throws Exception {
    RawClient.get(port(), "/reports/2024");

    assertThat(sonde.nextExchange().route()).isEqualTo("/reports/2024");
  }

  @Test
  void leavesWhatIsMappedByDefaultOrEndingToThePath() throws Exception {
    for (String path : new String[] {"/nowhere/7", "/orders.page"}) {
      RawClient.get(port(), path);

      Exchange exchange = sonde.nextExchange();
      assertThat(exchange.route()).as(path).isEqualTo("unmatched");
      assertThat(exchange.handler()).isNull();
    }
  }

  @Test
  void servesTheExchangeAfterADispatch() throws Exception {
    assertThat(RawClient.get(port(), "/dispatch").body()).isEqualTo("serving");

    assertThat(sonde.nextExchange().status()).isEqualTo(200);
  }

  @Test
  void countsATimeoutAsTheErrorThatIsSent() throws Exception {
    int sent = RawClient.get(port(), "/timeout").status();

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(sent).isEqualTo(500);
    assertThat(exchange.durationNanos()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(90));
    assertThat(exchange.thrown()).isNull();
  }

  @Test
  void recordsWhatIsThrownAfterADispatch() throws Exception {
    assertThat(RawClient.get(port(), "/dispatch-boom").status()).isEqualTo(500);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(500);
    assertThat(exchange.thrown()).hasMessage("after dispatch");
    assertThat(sonde.nextError().exchange()).isSameAs(exchange);
  }

  @Test
  void countsAnErrorPageOnceAndWithItsRequestsPath() throws Exception {
    Response response = RawClient.get(port(), "/conflict");

    assertThat(response.status()).isEqualTo(409);
    assertThat(response.body()).isEqualTo("sorry");
    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.path()).isEqualTo("/conflict");
    assertThat(exchange.route()).as("not the error page's mapping").isEqualTo("/conflict");
    assertThat(exchange.status()).isEqualTo(409);
    assertThat(response.header("X-Request-ID")).isEqualTo(exchange.requestId());
  }

  @Test
  void leavesPathParametersOut() throws Exception {
    RawClient.get(port(), "/hello;jsessionid=secret?a=b");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.path()).isEqualTo("/hello");
    assertThat(exchange.query()).isEqualTo("a=b");
  }

  @Test
  void givesRequestIdBackOnceThoughTheApplicationAddsIt() throws Exception {
    assertThat(RawClient.get(port(), "/adds-id").header("X-Request-ID"))
        .isEqualTo("added-by-application");

    sonde.nextExchange();
  }

  @Test
  void givesRequestIdBackAfterAReset() throws Exception {
    Response response = RawClient.get(port(), "/reset");

    assertThat(response.header("X-Request-ID")).isEqualTo(sonde.nextExchange().requestId());
  }

  @Test
  void givesRequestIdBackWithABodyThatOverflowsTheBuffer() throws Exception {
    Response response = RawClient.get(port(), "/big");

    assertThat(response.header("X-Request-ID")).isEqualTo(sonde.nextExchange().requestId());
  }

  @Test
  void clientThatGoesDuringUploadIsNoErrorOfTheHandler() throws Exception {
    String half = "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nsome";
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port())) {
      client.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
      SondeExtension.await("the request is served", () -> sonde.inFlight().size() == 1);
      client.setSoLinger(true, 0);
    }

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.method()).isEqualTo("POST");
    assertThat(exchange.thrown()).isNull();
  }
}

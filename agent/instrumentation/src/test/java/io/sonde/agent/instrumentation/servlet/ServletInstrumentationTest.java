// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.HttpServerContract;
import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.tomcat.EmbeddedTomcat;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In a Tomcat whose own hooks are off, as in a container that has none. */
class ServletInstrumentationTest extends HttpServerContract {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new ServletInstrumentation());

  private EmbeddedTomcat server;

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "servlet";
  }

  @Override
  protected int start() throws IOException, LifecycleException {
    server = new EmbeddedTomcat();
    server.scenarios().addMapping("/orders/*");
    server.errorPage(409, "/error-page");
    return server.start();
  }

  @Override
  protected void stop() throws LifecycleException {
    server.close();
  }

  /** It ends here when its thread is given back. */
  @Override
  protected boolean servesAsync() {
    return false;
  }

  /** No servlet is asked. */
  @Override
  protected boolean countsBadRequests() {
    return false;
  }

  @Test
  void namesTheMappingAndTheServlet() throws Exception {
    RawClient.get(port(), "/orders/7?x=1");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.path()).isEqualTo("/orders/7");
    assertThat(exchange.route()).isEqualTo("/orders/*");
    assertThat(exchange.handler()).endsWith("Servlet");
  }

  @Test
  void countsAnErrorPageAsItsRequest() throws Exception {
    assertThat(RawClient.get(port(), "/conflict").status()).isEqualTo(409);

    assertThat(sonde.nextExchange().status()).isEqualTo(409);
  }

  @Test
  void servesTheExchangeAfterADispatch() throws Exception {
    assertThat(RawClient.get(port(), "/dispatch").body()).isEqualTo("serving");

    assertThat(sonde.nextExchange().path()).isEqualTo("/dispatch");
  }

  @Test
  void endsAnAsynchronousRequestWhenItsThreadIsGivenBack() throws Exception {
    assertThat(RawClient.get(port(), "/async").body()).isEqualTo("hello");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.durationNanos()).isPositive();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.sonde.agent.instrumentation.contract.HttpServerContract;
import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.RawClient.Response;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.tomcat.ScenarioServlet;
import io.sonde.agent.recording.Exchange;
import io.sonde.bridge.SondeBridge;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servlets, of javax or jakarta: in 12 those of its environment ee10. */
class JettyServletTest extends HttpServerContract {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new JettyInstrumentation());

  private EmbeddedJetty server;

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "jetty";
  }

  @Override
  protected int start() throws Exception {
    server = new EmbeddedJetty();
    return server.start(
        EmbeddedJetty.context(
            "/", "/orders/*", "/reports/2024", "/created", "/error-page", "*.page"));
  }

  @Override
  protected void stop() throws Exception {
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
    assertThat(exchange.thrown()).hasStackTraceContaining("after dispatch");
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

  @Test
  void recordsWhatIsThrownAfterStartAsync() throws Exception {
    assumeFalse(EmbeddedJetty.hasCore(), "12 waits until the context times out");
    int sent = RawClient.get(port(), "/started-boom").status();

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(sent).isEqualTo(500);
    assertThat(exchange.thrown()).hasStackTraceContaining("after start");
    sonde.nextError();
  }

  @Test
  void countsAUriThatJettyRefuses() throws Exception {
    int sent = RawClient.get(port(), "/a/%2e%2e/../../b%zz").status();

    assertThat(sent).isEqualTo(400);
    assertThat(sonde.nextExchange().status()).isEqualTo(400);
  }

  @Test
  void leavesNothingOnTheServersThreads() throws Exception {
    for (String path : new String[] {"/hello", "/async", "/dispatch", "/boom"}) {
      RawClient.get(port(), path);
      sonde.nextExchange();
    }
    sonde.ignoreErrors();
    int all = server.threads().getIdleThreads();
    Object[] left = new Object[all];
    CountDownLatch seen = new CountDownLatch(all);
    for (int i = 0; i < all; i++) {
      int task = i;
      server
          .threads()
          .execute(
              () -> {
                left[task] = SondeBridge.current();
                seen.countDown();
                try {
                  seen.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
    }

    assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(left).isNotEmpty().containsOnlyNulls();
  }
}

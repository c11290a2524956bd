// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.HttpServerContract;
import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.RawClient.Response;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Engine;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TomcatInstrumentationTest extends HttpServerContract {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new TomcatInstrumentation());

  private EmbeddedTomcat server;

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "tomcat";
  }

  @Override
  protected int start() throws IOException, LifecycleException {
    server = new EmbeddedTomcat();
    Wrapper servlet = server.scenarios();
    servlet.addMapping("/orders/*");
    servlet.addMapping("/reports/2024");
    servlet.addMapping("/created");
    servlet.addMapping("/error-page");
    servlet.addMapping("*.page");
    server.errorPage(409, "/error-page");
    return server.start();
  }

  @Override
  protected void stop() throws LifecycleException {
    server.close();
  }

  // ---- routes ----------------------------------------------------------------------------------

  @Test
  void namesTheMappingOfAServlet() throws Exception {
    for (String path : new String[] {"/orders/alice/items", "/orders/7?x=1", "/orders"}) {
      RawClient.get(port(), path);

      Exchange exchange = sonde.nextExchange();
      assertThat(exchange.route()).as(path).isEqualTo("/orders/*");
      assertThat(exchange.handler()).contains(getClass().getPackageName()).endsWith("Servlet");
    }
  }

  @Test
  void namesAnExactMappingAsItIs() throws Exception {
    RawClient.get(port(), "/reports/2024");

    assertThat(sonde.nextExchange().route()).isEqualTo("/reports/2024");
  }

  @Test
  void leavesWhatIsMappedByDefaultOrEndingToThePath() throws Exception {
    RawClient.get(port(), "/hello");
    assertThat(sonde.nextExchange().route()).isEqualTo("/hello");

    for (String path : new String[] {"/nowhere/7", "/orders.page"}) {
      RawClient.get(port(), path);

      Exchange exchange = sonde.nextExchange();
      assertThat(exchange.route()).as(path).isEqualTo("unmatched");
      assertThat(exchange.handler()).isNull();
    }
  }

  // ---- asynchronous requests -------------------------------------------------------------------

  @Test
  void servesTheExchangeAfterADispatch() throws Exception {
    assertThat(RawClient.get(port(), "/dispatch").body()).isEqualTo("serving");

    assertThat(sonde.nextExchange().status()).isEqualTo(200);
  }

  @Test
  void countsATimeoutAsTheErrorThatIsSent() throws Exception {
    assertThat(RawClient.get(port(), "/timeout").status()).isEqualTo(500);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(500);
    assertThat(exchange.durationNanos()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(90));
    assertThat(exchange.thrown()).isNull();
  }

  @Test
  void recordsWhatIsThrownAfterADispatch() throws Exception {
    assertThat(RawClient.get(port(), "/dispatch-boom").status()).isEqualTo(500);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(500);
    assertThat(exchange.thrown()).hasRootCauseMessage("after dispatch");
    assertThat(sonde.nextError().exchange()).isSameAs(exchange);
  }

  @Test
  void recordsWhatIsThrownAfterStartAsync() throws Exception {
    int sent = RawClient.get(port(), "/started-boom").status(); // 8.5 drops the connection

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(sent);
    assertThat(exchange.thrown()).hasMessage("after start");
    sonde.nextError();
  }

  @Test
  void keepsTheStatusOfAStreamWhoseClientHasGone() throws Exception {
    Scenarios.streamBroken = new CountDownLatch(1);
    try (Socket client = request("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n")) {
      client.getInputStream().readNBytes(20_000);
      client.setSoLinger(true, 0); // a reset
    }

    assertThat(Scenarios.streamBroken.await(10, TimeUnit.SECONDS)).isTrue();
    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.thrown()).isNull();
  }

  // ---- errors ----------------------------------------------------------------------------------

  @Test
  void clientThatGoesDuringUploadIsNoErrorOfTheHandler() throws Exception {
    try (Socket client =
        request("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nsome")) {
      SondeExtension.await("the request is served", () -> sonde.inFlight().size() == 1);
      client.setSoLinger(true, 0);
    }

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.method()).isEqualTo("POST");
    assertThat(exchange.thrown()).isNull();
  }

  @Test
  void keepsTheStatusThatWasSentBeforeTheServletThrew() throws Exception {
    try (Socket client = request("GET /committed-boom HTTP/1.1\r\nHost: x\r\n\r\n")) {
      assertThat(status(client)).isEqualTo(200);
    }

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.thrown()).hasMessage("too late");
    sonde.nextError();
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
  void countsWhatAValveOfTheEngineThrowsAsTheErrorThatIsSent() throws Exception {
    Engine engine = server.tomcat().getEngine();
    engine.getPipeline().addValve(new ThrowingValve());

    assertThat(RawClient.get(port(), "/hello").status()).isEqualTo(500);

    assertThat(sonde.nextExchange().status()).isEqualTo(500);
  }

  @Test
  void countsAUriThatTomcatRefuses() throws Exception {
    assertThat(RawClient.get(port(), "/a/%2e%2e/../../b%zz").status()).isEqualTo(400);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(400);
    assertThat(exchange.path()).isEqualTo("/a/%2e%2e/../../b%zz");
  }

  @Test
  void countsHeadersThatTomcatRefuses() throws Exception {
    assertThat(RawClient.get(port(), "/hello", "X-Long: " + "x".repeat(20_000)).status())
        .isEqualTo(400);

    assertThat(sonde.nextExchange().status()).isEqualTo(400);
  }

  // ---- request and response --------------------------------------------------------------------

  @Test
  void leavesPathParametersOut() throws Exception {
    RawClient.get(port(), "/hello;jsessionid=secret?a=b");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.path()).isEqualTo("/hello");
    assertThat(exchange.query()).isEqualTo("a=b");
  }

  @Test
  void keepsAPlusInThePath() throws Exception {
    RawClient.get(port(), "/a+b%2Bc");

    assertThat(sonde.nextExchange().path()).isEqualTo("/a+b+c");
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
  void recordsHttp2StreamsApart() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpResponse<String> upgraded = client.send(http2("/hello"), BodyHandlers.ofString());
    Exchange first = sonde.nextExchange();
    HttpResponse<String> stream = client.send(http2("/created?x=1"), BodyHandlers.ofString());
    Exchange second = sonde.nextExchange();

    assertThat(upgraded.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(upgraded.headers().firstValue("x-request-id")).hasValue(first.requestId());
    assertThat(first.path()).isEqualTo("/hello");
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.remoteAddress()).isEqualTo("127.0.0.1");
    assertThat(stream.headers().firstValue("x-request-id")).hasValue(second.requestId());
    assertThat(second.path()).isEqualTo("/created");
    assertThat(second.query()).isEqualTo("x=1");
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.durationNanos()).isPositive();
  }

  private HttpRequest http2(String target) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + target))
        .version(HttpClient.Version.HTTP_2)
        .build();
  }

  private Socket request(String head) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout(10_000);
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return socket;
  }

  private static int status(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    String start = new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
    return Integer.parseInt(start.substring(9));
  }
}

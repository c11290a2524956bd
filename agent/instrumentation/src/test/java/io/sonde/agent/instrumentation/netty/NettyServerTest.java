// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sonde.agent.instrumentation.contract.HttpServerContract;
import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NettyServerTest extends HttpServerContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new NettyHttpInstrumentation(), new NettyEventLoopInstrumentation());

  private NettyTestServer server;
  private Socket socket;

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "netty";
  }

  /** On threads of the handler's own: {@link NettyServerOnWorkersTest}. */
  boolean onWorkers() {
    return false;
  }

  @Override
  protected int start() throws Exception {
    server = new NettyTestServer(onWorkers());
    return server.port();
  }

  @Override
  protected void stop() throws Exception {
    server.close();
  }

  @Test
  void endsWithTheLastPartOfItsFinalResponse() throws Exception {
    String response = exchange("GET /chunks HTTP/1.1\r\nHost: x\r\n\r\n", "X-Trailer: t\r\n\r\n");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(202);
    assertThat(exchange.durationNanos()).isGreaterThan(45_000_000);
    String id = "X-Request-ID: " + exchange.requestId() + "\r\n";
    assertThat(response).startsWith("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 202 Accepted\r\n");
    assertThat(response.split(id, -1)).as("in the head, and nowhere else").hasSize(2);
    assertThat(response.indexOf(id)).isLessThan(response.indexOf("3\r\none"));
  }

  @Test
  void tellsPipelinedRequestsApart() throws Exception {
    String responses =
        exchange(
            "GET /hold HTTP/1.1\r\nHost: x\r\nX-Request-ID: first\r\n\r\n"
                + "GET /nowhere HTTP/1.1\r\nHost: x\r\nX-Request-ID: second\r\n\r\n",
            "not here");

    Exchange first = sonde.nextExchange();
    assertThat(first.path()).isEqualTo("/hold");
    assertThat(first.status()).isEqualTo(201);
    Exchange second = sonde.nextExchange();
    assertThat(second.path()).isEqualTo("/nowhere");
    assertThat(second.status()).isEqualTo(404);
    assertThat(responses.indexOf("X-Request-ID: first"))
        .isBetween(0, responses.indexOf("X-Request-ID: second") - 1);
  }

  @Test
  void leavesAResponseThatIsSharedAsItWas() throws Exception {
    RawClient.Response first = RawClient.get(port(), "/shared");
    RawClient.Response second = RawClient.get(port(), "/shared");

    assertThat(first.header("X-Request-ID")).isEqualTo(sonde.nextExchange().requestId());
    assertThat(second.header("X-Request-ID")).isEqualTo(sonde.nextExchange().requestId());
  }

  @Test
  void endsWithAnUpgrade() throws Exception {
    exchange("GET /upgrade HTTP/1.1\r\nHost: x\r\n\r\n", "\r\n\r\n");

    assertThat(sonde.nextExchange().status()).isEqualTo(101);
  }

  @Test
  void endsWithATunnel() throws Exception {
    exchange("CONNECT a.example:443 HTTP/1.1\r\nHost: x\r\n\r\n", "\r\n\r\n");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.method()).isEqualTo("CONNECT");
    assertThat(exchange.status()).isEqualTo(200);
  }

  @Test
  void endsWithoutStatusWhenTheConnectionIsClosed() throws Exception {
    assertThat(RawClient.get(port(), "/close").status()).isZero();

    assertThat(sonde.nextExchange().status()).isZero();
  }

  @Test
  void servesNothingWhenAllIsAnswered() throws Exception {
    RawClient.get(port(), "/hello");

    sonde.nextExchange();
    assertThat(server.servedAtEnd.poll(10, TimeUnit.SECONDS)).isEqualTo("nothing");
  }

  @Test
  void answersForAHandlerThatThrew() throws Exception {
    sonde.recorder().recover(true);
    try (RawClient client = new RawClient(port())) {
      RawClient.Response response = client.send("POST", "/unhandled", "x", "X-Request-ID: req-1");

      assertThat(response.status()).isEqualTo(500);
      assertThat(response.header("X-Request-ID")).isEqualTo("req-1");
      assertThat(response.header("Connection")).isEqualTo("close");
      assertThat(response.body()).isEmpty();
    } finally {
      sonde.recorder().recover(false);
    }

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(500);
    assertThat(exchange.thrown()).isInstanceOf(NettyTestServer.Unhandled.class);
    sonde.nextError();
  }

  @Test
  void answersForNoHandlerThatHadBegunTo() throws Exception {
    sonde.recorder().recover(true);
    try {
      String head = exchange("GET /begun HTTP/1.1\r\nHost: x\r\n\r\n", "\r\n\r\n");
      assertThat(head).startsWith("HTTP/1.1 202");
      socket.setSoTimeout(300);
      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> socket.getInputStream().read());
    } finally {
      sonde.recorder().recover(false);
    }
    closeSocket();

    assertThat(sonde.nextExchange().status()).isEqualTo(202);
    sonde.nextError();
  }

  @Test
  void answersNothingUnlessAsked() throws Exception {
    socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout(300);
    socket.getOutputStream().write("GET /unhandled HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1));

    assertThatExceptionOfType(SocketTimeoutException.class)
        .isThrownBy(() -> socket.getInputStream().read());
    closeSocket();
    assertThat(sonde.nextExchange().status()).isZero();
    sonde.nextError();
  }

  @Test
  void takesThePathOfAnAbsoluteTarget() throws Exception {
    RawClient.get(port(), "http://a.example/hello?b=c");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.path()).isEqualTo("/hello");
    assertThat(exchange.query()).isEqualTo("b=c");
  }

  /**
   * Sends bytes, reads until the end that is expected, and leaves it open: closing is an end, too.
   */
  private String exchange(String request, String end) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    StringBuilder response = new StringBuilder();
    while (response.indexOf(end) < 0) {
      int b = socket.getInputStream().read();
      if (b < 0) {
        throw new AssertionError("only: " + response);
      }
      response.append((char) b);
    }
    return response.toString();
  }

  @AfterEach
  void closeSocket() throws IOException {
    if (socket != null) {
      socket.close();
    }
  }
}

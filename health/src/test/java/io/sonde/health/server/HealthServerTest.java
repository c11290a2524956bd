// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sonde.health.Health;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HealthServerTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final LocalServer local = new LocalServer();

  @AfterEach
  void stop() {
    local.close();
  }

  @ParameterizedTest
  @MethodSource
  void refusesWhatIsMalformed(String request, String statusLine) throws Exception {
    String answer = local.raw(request);

    assertThat(answer).startsWith("HTTP/1.1 " + statusLine);
    assertThat(answer).contains("Connection: close", "Cache-Control: no-store");
    assertThat(new ObjectMapper().readTree(body(answer)).has("error")).isTrue();
  }

  static Stream<Arguments> refusesWhatIsMalformed() {
    String end = " HTTP/1.1\r\nConnection: close\r\n\r\n";
    return Stream.of(
        Arguments.of("nonsense\r\n\r\n", "400"),
        Arguments.of("GET /health\r\n\r\n", "400"),
        Arguments.of("GET  /health HTTP/1.1\r\n\r\n", "400"),
        Arguments.of("GET /health HTTP/1.1 x\r\n\r\n", "400"),
        Arguments.of("G@T /health HTTP/1.1\r\n\r\n", "400"),
        Arguments.of("GET health HTTP/1.1\r\n\r\n", "400"),
        Arguments.of("GET * HTTP/1.1\r\n\r\n", "400"),
        Arguments.of("GET /h\u00e4lth HTTP/1.1\r\n\r\n", "400"),
        Arguments.of("GET /%zz HTTP/1.1\r\n\r\n", "400"),
        Arguments.of("GET /%4 HTTP/1.1\r\n\r\n", "400"),
        Arguments.of("GET /?a=%g0 HTTP/1.1\r\n\r\n", "400"),
        Arguments.of("GET /a%00b HTTP/1.1\r\n\r\n", "400"),
        Arguments.of("GET / HTTP/1.1\r\nno colon\r\n\r\n", "400"),
        Arguments.of("GET / HTTP/1.1\r\nName : value\r\n\r\n", "400"),
        Arguments.of("GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n", "400"),
        Arguments.of("GET / HTTP/1.1\r\nA: b\u0001c\r\n\r\n", "400"),
        Arguments.of("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"),
        Arguments.of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"),
        Arguments.of("GET / FTP/1.1\r\n\r\n", "400"),
        Arguments.of("GET /" + "a".repeat(4_200) + end, "414"),
        Arguments.of("GET /" + "a".repeat(20_000), "414"),
        Arguments.of("GET / HTTP/1.1\r\nA: " + "a".repeat(9_000), "431"),
        Arguments.of("GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(101) + "\r\n", "431"),
        Arguments.of("GET /health/../etc/passwd" + end, "404"),
        Arguments.of("GET /%2e%2e/etc/passwd" + end, "404"),
        Arguments.of("GET /health/%2e" + end, "404"),
        Arguments.of("GET /..%5c..%5cwindows" + end, "404"),
        Arguments.of("GET //health" + end, "404"));
  }

  @Test
  void understandsWhatIsUnusualButRight() throws Exception {
    local.server.handle("/echo", request -> Response.json(200, request.rawQuery()));

    assertThat(local.raw("\r\n\r\nGET /echo?1 HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200");
    assertThat(local.raw("GET /echo HTTP/1.1\nconnection:close\n\n")).startsWith("HTTP/1.1 200");
    assertThat(local.raw("GET http://proxied:80/echo?x HTTP/1.1\r\nConnection: Close\r\n\r\n"))
        .startsWith("HTTP/1.1 200")
        .endsWith("\"x\"");
  }

  @Test
  void answersARequestThatComesByteByByte() throws Exception {
    try (Socket socket = local.connect()) {
      for (byte b : "GET /health HTTP/1.0\r\nA: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII)) {
        socket.getOutputStream().write(b);
        socket.getOutputStream().flush();
      }

      assertThat(readLine(socket)).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void keepsTheConnectionUnlessToldToClose() throws Exception {
    try (Socket socket = local.connect()) {
      BufferedReader in = reader(socket);
      for (int i = 0; i < 3; i++) {
        write(socket, "HEAD /health HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(head(in)).contains("HTTP/1.1 200 OK", "Connection: keep-alive");
      }
      write(socket, "HEAD /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

      assertThat(head(in)).contains("HTTP/1.1 200 OK", "Connection: close");
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void answersTheFirstOfPipelinedRequestsAndCloses() throws Exception {
    String request = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n";

    String answers = local.raw(request.repeat(3));

    assertThat(answers).containsOnlyOnce("HTTP/1.1 404").contains("Connection: close");
  }

  @Test
  void refusesOtherMethodsEverywhereEvenWithABody() throws Exception {
    for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "FOO", "get"}) {
      for (String path : new String[] {"/health", "/", "/nothing"}) {
        String answer =
            local.raw(
                method
                    + " "
                    + path
                    + " HTTP/1.1\r\nContent-Length: 60000\r\n\r\n"
                    + "x".repeat(60_000));

        assertThat(answer).startsWith("HTTP/1.1 405").contains("Allow: GET, HEAD");
      }
    }
  }

  @Test
  void doesNotResetAClientThatIsStillSendingItsBody() throws Exception {
    try (Socket socket = local.connect()) {
      write(socket, "POST /health HTTP/1.1\r\nContent-Length: 200000\r\n\r\n");
      while (socket.getInputStream().available() == 0) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < 4; i++) {
        write(socket, "x".repeat(50_000));
      }

      assertThat(readLine(socket)).startsWith("HTTP/1.1 405");
    }
  }

  @Test
  void givesEachPathToTheLongestPrefix() throws Exception {
    local.server.handle("/", request -> Response.html(200, "<p>console</p>"));
    local.server.handle("/sonde/status", request -> Response.json(200, Map.of("a", 1)));

    assertThat(local.get("/sonde/status").body()).isEqualTo("{\"a\":1}");
    assertThat(local.get("/sonde/status/x").body()).isEqualTo("{\"a\":1}");
    assertThat(local.get("/sonde/statusx").body()).isEqualTo("<p>console</p>");
    assertThat(local.get("/").body()).isEqualTo("<p>console</p>");
    assertThat(local.get("/health").body()).startsWith("{\"status\":");
  }

  @Test
  void handsTheRequestToTheHandler() throws Exception {
    local.server.handle(
        "/see",
        request ->
            Response.json(
                    200,
                    Map.of(
                        "path", request.path(),
                        "raw", request.rawQuery(),
                        "q", request.query(),
                        "header", String.valueOf(request.header("x-TEST"))))
                .with("Set-Cookie", "a=b"));

    HttpResponse<String> response = local.get("/see/%C3%A4?q=1%262&q=3&e&p=+", "X-Test", "yes");

    assertThat(new ObjectMapper().readTree(response.body()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"path":"/see/ä","raw":"q=1%262&q=3&e&p=+","q":{"q":"1&2","e":"","p":" "},
                     "header":"yes"}
                    """));
    assertThat(response.headers().firstValue("Set-Cookie")).hasValue("a=b");
  }

  @Test
  void aHandlerThatThrowsIsA500WithoutDetails() throws Exception {
    local.server.handle(
        "/boom",
        request -> {
          throw new StackOverflowError("secret");
        });

    HttpResponse<String> response = local.get("/boom");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("{\"error\":\"internal error\"}");
    assertThat(local.get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void sendsALargeResponseToASlowReaderWithoutStopping() throws Exception {
    byte[] large = new byte[8_000_000];
    local.server.handle("/large", request -> Response.of(200, "application/x", large));

    try (Socket slow = local.connect()) {
      write(slow, "GET /large HTTP/1.0\r\n\r\n");
      assertThat(local.get("/health").statusCode()).isEqualTo(200);
      long received = slow.getInputStream().transferTo(OutputStream.nullOutputStream());

      assertThat(received).isGreaterThan(large.length);
    }
  }

  @Test
  void takesTheNextFreePort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK);
        HealthServer server = server()) {
      int port = taken.getLocalPort();

      Binding binding = server.bind("127.0.0.1", port, false);

      assertThat(binding.port().orElseThrow()).isBetween(port + 1, port + 20);
      assertThat(binding.problem())
          .startsWith("port " + port + ": ")
          .endsWith("; using " + binding.port().getAsInt());
    }
  }

  @Test
  void takesNoOtherPortWhenStrict() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK);
        HealthServer server = server()) {
      Binding binding = server.bind("127.0.0.1", taken.getLocalPort(), true);

      assertThat(binding.port()).isEmpty();
      assertThat(binding.problem()).startsWith("127.0.0.1:" + taken.getLocalPort() + ": ");
    }
  }

  @Test
  void saysWhyItCannotListen() {
    try (HealthServer server = server()) {
      assertThat(server.bind("127.0.0.1", 70_000, false).problem()).contains("70000");
      assertThat(server.bind("no.such.host.invalid", 0, false).problem()).contains("no.such.host");
      assertThat(server.bind("192.0.2.1", 0, false).port()).isEmpty();
      assertThat(server.bind("127.0.0.1", 0, false).port()).isPresent();
      assertThat(server.bind("127.0.0.1", 0, false).problem()).isEqualTo("already bound");
    }
  }

  @Test
  void freesThePortAndEndsTheThreadWhenClosed() throws Exception {
    Thread[] made = new Thread[1];
    HealthServer server = new HealthServer(new Health(), body -> made[0] = new Thread(body));
    int port = server.bind("127.0.0.1", 0, false).port().orElseThrow();

    server.close();

    assertThat(made[0].isAlive()).isFalse();
    new ServerSocket(port, 1, LOOPBACK).close();
  }

  @Test
  void aHeaderCannotBeSplit() {
    assertThatThrownBy(() -> Response.json(200, 1).with("A", "b\r\nX: y"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static HealthServer server() {
    return new HealthServer(new Health(), Thread::new);
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private static String readLine(Socket socket) throws IOException {
    return reader(socket).readLine();
  }

  private static String head(BufferedReader in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line; !(line = in.readLine()).isEmpty(); ) {
      head.append(line).append('\n');
    }
    return head.toString();
  }
}

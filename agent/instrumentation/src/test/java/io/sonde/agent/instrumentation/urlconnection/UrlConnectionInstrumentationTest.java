// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.urlconnection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.agent.instrumentation.contract.HttpClientContract;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Exchange;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UrlConnectionInstrumentationTest extends HttpClientContract {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new UrlConnectionInstrumentation());

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "url-connection";
  }

  @Override
  protected Result call(String method, URI uri, Map<String, String> headers, String body)
      throws IOException {
    HttpURLConnection connection = open(uri);
    connection.setRequestMethod(method);
    headers.forEach(connection::setRequestProperty);
    if (body != null) {
      connection.setDoOutput(true);
      connection.getOutputStream().write(body.getBytes(UTF_8));
    }
    int status = connection.getResponseCode();
    try (InputStream in =
        status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
      return new Result(status, new String(in.readAllBytes(), UTF_8));
    }
  }

  private static HttpURLConnection open(URI uri) throws IOException {
    return (HttpURLConnection) uri.toURL().openConnection();
  }

  @Test
  void leavesTheExceptionOfAMissingPageToTheApplication() throws Exception {
    HttpURLConnection connection = open(uri("/missing"));

    assertThatThrownBy(connection::getInputStream).isInstanceOf(FileNotFoundException.class);
    assertThatThrownBy(connection::getInputStream).isInstanceOf(FileNotFoundException.class);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(404);
    assertThat(exchange.thrown()).isNull();
  }

  @Test
  void countsAConnectionOnceHoweverOftenItIsAsked() throws Exception {
    HttpURLConnection connection = open(uri("/hello"));

    connection.connect();
    connection.getHeaderField("Content-Length");
    connection.getContentLength();
    connection.getResponseMessage();
    connection.getInputStream().close();
    connection.disconnect();

    assertThat(sonde.nextExchange().status()).isEqualTo(200);
    assertThat(server().next().header("traceparent")).isNotNull();
  }

  @Test
  void makesAPostOfAGetThatHasABody() throws Exception {
    HttpURLConnection connection = open(uri("/hello"));
    connection.setDoOutput(true);

    connection.getOutputStream().write('x');
    connection.getInputStream().close();

    assertThat(server().next().line()).startsWith("POST");
    assertThat(sonde.nextExchange().method()).isEqualTo("POST");
  }

  @Test
  void addsItsHeadersToAStreamedBody() throws Exception {
    HttpURLConnection connection = open(uri("/hello"));
    connection.setDoOutput(true);
    connection.setChunkedStreamingMode(0);

    connection.getOutputStream().write("streamed".getBytes(UTF_8));
    connection.getOutputStream().close();
    assertThat(connection.getResponseCode()).isEqualTo(200);

    assertThat(server().next().header("b3")).contains(sonde.nextExchange().spanIdString());
  }

  @Test
  void recordsWhatEndsAnExplicitConnect() throws Exception {
    HttpURLConnection connection = open(URI.create("http://127.0.0.1:1/"));

    assertThatThrownBy(connection::connect).isInstanceOf(IOException.class);

    assertThat(sonde.nextExchange().thrown()).isInstanceOf(IOException.class);
  }

  @Test
  void recordsATimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HttpURLConnection connection =
          open(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"));
      connection.setReadTimeout(50);

      assertThatThrownBy(connection::getInputStream).isInstanceOf(SocketTimeoutException.class);
    }

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(SocketTimeoutException.class);
    assertThat(exchange.durationNanos()).isGreaterThan(40_000_000);
  }

  @Test
  void leavesOutWhatTheJdkRefusesItself() throws Exception {
    HttpURLConnection connection = open(uri("/hello"));

    assertThatThrownBy(connection::getOutputStream).isInstanceOf(ProtocolException.class);

    assertThat(sonde.inFlight()).isEmpty();
    assertThat(server().unread()).isZero();
  }
}

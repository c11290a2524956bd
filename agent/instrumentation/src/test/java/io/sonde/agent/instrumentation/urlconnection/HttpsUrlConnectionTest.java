// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.urlconnection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.agent.instrumentation.contract.HttpClientContract;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.contract.TestTls;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract over HTTPS, with a socket factory that the application brings along. */
class HttpsUrlConnectionTest extends HttpClientContract {

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
  protected boolean tls() {
    return true;
  }

  @Override
  protected Result call(String method, URI uri, Map<String, String> headers, String body)
      throws IOException {
    HttpsURLConnection connection = open(uri);
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

  private static HttpsURLConnection open(URI uri) throws IOException {
    HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection();
    connection.setSSLSocketFactory(new CountingFactory());
    return connection;
  }

  @Test
  void usesTheFactoryOfTheApplicationAsBefore() throws Exception {
    CountingFactory factory = new CountingFactory();
    HttpsURLConnection connection = open(uri("/hello"));
    connection.setSSLSocketFactory(factory);

    connection.getInputStream().close();

    sonde.nextExchange();
    assertThat(factory.sockets).hasValue(1);
  }

  @Test
  void countsOnceAndAddsItsHeadersOnceAfterAnExplicitConnect() throws Exception {
    HttpsURLConnection connection = open(uri("/hello"));

    connection.connect();
    assertThat(connection.getServerCertificates()).hasSize(1);
    assertThat(connection.getResponseCode()).isEqualTo(200);
    connection.getInputStream().close();

    Exchange exchange = sonde.nextExchange();
    assertThat(server().next().all("b3"))
        .singleElement()
        .asString()
        .contains(exchange.spanIdString());
  }

  @Test
  void recordsACertificateThatIsNotTrusted() throws Exception {
    HttpsURLConnection connection = (HttpsURLConnection) uri("/hello").toURL().openConnection();

    assertThatThrownBy(connection::getInputStream).isInstanceOf(SSLException.class);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(SSLException.class);
    assertThat(server().unread()).isZero();
  }

  /** Trusts the test's certificate. */
  private static final class CountingFactory extends SSLSocketFactory {

    final AtomicInteger sockets = new AtomicInteger();
    private final SSLSocketFactory factory = TestTls.get().context().getSocketFactory();

    private Socket counted(Socket socket) {
      sockets.incrementAndGet();
      return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean close)
        throws IOException {
      return counted(factory.createSocket(socket, host, port, close));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return counted(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return counted(factory.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return counted(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return counted(factory.createSocket(host, port, local, localPort));
    }
  }
}

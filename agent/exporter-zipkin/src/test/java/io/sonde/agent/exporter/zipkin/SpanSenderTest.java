// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import static java.lang.ProcessBuilder.Redirect.DISCARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SpanSenderTest {

  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path dir;
  private static Path keys;

  /** A certificate for the name localhost, and for nothing else. */
  @BeforeAll
  static void makeCertificate() throws Exception {
    keys = dir.resolve("keys.p12");
    String options =
        "-genkeypair -alias a -keyalg EC -dname CN=localhost -ext san=dns:localhost"
            + " -storetype PKCS12 -storepass changeit -keystore";
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(options.split(" ")));
    command.add(keys.toString());
    Process keytool =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(DISCARD).start();
    assertThat(keytool.waitFor()).isZero();
  }

  @Test
  void speaksTlsWithATrustedServerOfTheRightName() throws Exception {
    try (FakeZipkin server = tlsServer()) {
      SpanSender trusting = sender("https://localhost:" + server.port());
      SpanSender wrongName = sender("https://127.0.0.1:" + server.port());

      withTrustStore(
          () -> {
            trusting.send(List.of());
            assertThatThrownBy(() -> wrongName.send(List.of())).isInstanceOf(SSLException.class);
          });

      assertThat(server.request().body()).asString().isEqualTo("[]");
    }
  }

  @Test
  void refusesAServerThatNobodyVouchesFor() throws Exception {
    try (FakeZipkin server = tlsServer()) {
      SpanSender sender = sender("https://localhost:" + server.port());

      assertThatThrownBy(() -> sender.send(List.of())).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void asksNoneOfTheApplicationsGlobals() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    ProxySelector proxies = ProxySelector.getDefault();
    CookieHandler cookies = CookieHandler.getDefault();
    Authenticator authenticator = Authenticator.getDefault();
    try (FakeZipkin server = FakeZipkin.answering(unauthorized())) {
      ProxySelector.setDefault(recordingProxies(asked));
      CookieHandler.setDefault(recordingCookies(asked));
      Authenticator.setDefault(recordingAuthenticator(asked));

      assertThatThrownBy(() -> sender(server.url()).send(List.of())).hasMessage("HTTP 401");

      assertThat(server.request().header("Cookie")).isNull();
      assertThat(asked).isEmpty();
    } finally {
      ProxySelector.setDefault(proxies);
      CookieHandler.setDefault(cookies);
      Authenticator.setDefault(authenticator);
    }
  }

  @Test
  void sendsNothingMoreOnceAborted() throws Exception {
    try (FakeZipkin server = FakeZipkin.answering(FakeZipkin.accepting())) {
      SpanSender sender = sender(server.url());
      sender.send(List.of());
      server.request();

      sender.close();

      assertThatThrownBy(() -> sender.send(List.of())).isInstanceOf(IOException.class);
      assertThat(server.requestsWaiting()).isZero();
    }
  }

  private static SpanSender sender(String url) {
    return new SpanSender(ZipkinConfig.parse(url, null, null));
  }

  private static FakeZipkin.Behaviour unauthorized() {
    return (request, socket) ->
        FakeZipkin.write(
            socket,
            "HTTP/1.1 401 x\r\nWWW-Authenticate: Basic realm=\"r\"\r\nSet-Cookie: a=b\r\n"
                + "Content-Length: 0\r\n\r\n");
  }

  private static FakeZipkin tlsServer() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    ServerSocket socket =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    return new FakeZipkin(socket, FakeZipkin.accepting());
  }

  private interface Body {
    void run() throws Exception;
  }

  private static void withTrustStore(Body body) throws Exception {
    System.setProperty(TRUST_STORE, keys.toString());
    System.setProperty(TRUST_STORE + "Password", new String(PASSWORD));
    try {
      body.run();
    } finally {
      System.clearProperty(TRUST_STORE);
      System.clearProperty(TRUST_STORE + "Password");
    }
  }

  private static ProxySelector recordingProxies(List<String> asked) {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        asked.add("proxy for " + uri);
        return List.of(Proxy.NO_PROXY);
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException e) {}
    };
  }

  private static CookieHandler recordingCookies(List<String> asked) {
    return new CookieHandler() {
      @Override
      public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
        asked.add("cookies for " + uri);
        return Map.of();
      }

      @Override
      public void put(URI uri, Map<String, List<String>> headers) {
        asked.add("cookies of " + uri);
      }
    };
  }

  private static Authenticator recordingAuthenticator(List<String> asked) {
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        asked.add("password");
        return null;
      }
    };
  }
}

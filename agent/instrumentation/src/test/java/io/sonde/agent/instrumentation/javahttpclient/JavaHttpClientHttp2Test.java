// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.javahttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.contract.TestTls;
import io.sonde.agent.instrumentation.tomcat.EmbeddedTomcat;
import io.sonde.agent.recording.Exchange;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * HTTP/2 over TLS (ALPN) to a real Tomcat. That each call is one exchange and no more is held by
 * the extension: it fails on what a test has not read.
 */
class JavaHttpClientHttp2Test {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new JavaHttpClientInstrumentation());

  /** A connection a test: Tomcat gives up one on which streams were reset. */
  private final HttpClient client =
      HttpClient.newBuilder()
          .sslContext(TestTls.get().context())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  private static EmbeddedTomcat server;
  private static int port;

  @BeforeAll
  static void startServer() throws Exception {
    server = new EmbeddedTomcat();
    server.tls(TestTls.get());
    server.scenarios();
    port = server.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  private static HttpRequest request(String target) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + target)).build();
  }

  @Test
  void recordsACallAndAddsItsHeadersOnce() throws Exception {
    HttpResponse<String> response = client.send(request("/seen"), BodyHandlers.ofString());

    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.peerPort()).isEqualTo(port);
    assertThat(response.body()).isEqualTo(seen(exchange));
  }

  /** As the servlet prints it. */
  private static String seen(Exchange exchange) {
    String ids = exchange.traceIdString() + "-" + exchange.spanIdString() + "-1";
    return "[" + ids + "] [" + exchange.requestId() + "]";
  }

  @Test
  void keepsStreamsOfOneConnectionApart() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      calls.add(client.sendAsync(request("/seen"), BodyHandlers.ofString()));
    }

    List<String> answers = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> call : calls) {
      answers.add(call.get(10, TimeUnit.SECONDS).body());
    }
    List<String> recorded = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      recorded.add(seen(sonde.nextExchange()));
    }
    assertThat(recorded).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(answers);
  }

  @Test
  void recordsAnErrorStatus() throws Exception {
    assertThat(client.send(request("/boom"), BodyHandlers.discarding()).statusCode())
        .isEqualTo(500);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(500);
    assertThat(exchange.thrown()).isNull();
  }

  @Test
  void aFollowedRedirectIsOneExchange() throws Exception {
    HttpResponse<String> response = client.send(request("/redirect"), BodyHandlers.ofString());

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.path()).isEqualTo("/redirect");
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(seen(exchange));
  }

  @Test
  void endsACallThatIsCancelled() throws Exception {
    CompletableFuture<HttpResponse<String>> call =
        client.sendAsync(request("/never"), BodyHandlers.ofString());
    SondeExtension.await("it is in flight", () -> sonde.inFlight().size() == 1);

    call.cancel(true);

    // The JDK's own failure may be faster: then it is the cause.
    assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS))
        .isInstanceOfAny(CancellationException.class, ExecutionException.class);
    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.path()).isEqualTo("/never");
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isNotNull();
  }

  @Test
  void recordsThatNobodyListens() {
    HttpRequest nobody = HttpRequest.newBuilder(URI.create("https://127.0.0.1:1/")).build();

    assertThatThrownBy(
            () -> client.sendAsync(nobody, BodyHandlers.ofString()).get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ConnectException.class);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(ConnectException.class);
    assertThat(exchange.peerPort()).isEqualTo(1);
  }
}

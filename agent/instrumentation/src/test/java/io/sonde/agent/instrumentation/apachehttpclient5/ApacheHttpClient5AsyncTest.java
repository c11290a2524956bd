// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.apachehttpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.agent.instrumentation.contract.HttpClientContract;
import io.sonde.agent.instrumentation.contract.RawServer;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Exchange;
import io.sonde.bridge.SondeBridge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApacheHttpClient5AsyncTest extends HttpClientContract {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new ApacheHttpClient5Instrumentation());

  private static CloseableHttpAsyncClient client;

  @BeforeAll
  static void startClient() {
    client = HttpAsyncClients.createDefault();
    client.start();
  }

  @AfterAll
  static void stopClient() throws IOException {
    client.close();
  }

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "apache-httpclient-5";
  }

  @Override
  protected int exchangesPerRedirect() {
    return 2;
  }

  @Override
  protected Result call(String method, URI uri, Map<String, String> headers, String body)
      throws Exception {
    return call(client, method, uri, headers, body);
  }

  static Result call(
      CloseableHttpAsyncClient client,
      String method,
      URI uri,
      Map<String, String> headers,
      String body)
      throws Exception {
    SimpleHttpRequest request = new SimpleHttpRequest(method, uri);
    headers.forEach(request::addHeader);
    if (body != null) {
      request.setBody(body, ContentType.TEXT_PLAIN);
    }
    return result(client.execute(request, null));
  }

  /** As the application would: it sees what was thrown. */
  private static Result result(Future<SimpleHttpResponse> future) throws Exception {
    try {
      SimpleHttpResponse response = future.get(10, TimeUnit.SECONDS);
      String body = response.getBodyText();
      return new Result(response.getCode(), body == null ? "" : body);
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  private SimpleHttpRequest request(String target) {
    return new SimpleHttpRequest("GET", uri(target));
  }

  /** What has run in the callback. */
  private static CompletableFuture<Object> execute(SimpleHttpRequest request, HttpContext context) {
    CompletableFuture<Object> parent = new CompletableFuture<>();
    client.execute(
        request,
        context,
        new FutureCallback<SimpleHttpResponse>() {
          @Override
          public void completed(SimpleHttpResponse response) {
            Object current = SondeBridge.current();
            parent.complete(current == null ? "none" : current);
          }

          @Override
          public void failed(Exception e) {
            completed(null);
          }

          @Override
          public void cancelled() {
            completed(null);
          }
        });
    return parent;
  }

  @Test
  void givesEachRequestOfARedirectIdsOfItsOwnAndTheSameParent() throws Exception {
    Exchange parent = sonde.serving(() -> get("/redirect"));

    Exchange first = sonde.nextExchange();
    Exchange second = sonde.nextExchange();
    sonde.nextExchange();
    assertThat(first.parentId()).isEqualTo(parent.spanId());
    assertThat(second.parentId()).isEqualTo(parent.spanId());
    assertThat(second.path()).isEqualTo("/hello");
    assertThat(server().next().header("b3")).contains(first.spanIdString());
    assertThat(server().next().header("b3")).contains(second.spanIdString());
  }

  @Test
  void countsEveryAttemptOfARetryAsAChildOfTheCaller() throws Exception {
    try (CloseableHttpAsyncClient stubborn =
        HttpAsyncClients.custom().setRetryStrategy(new Once()).build()) {
      stubborn.start();

      Exchange parent =
          sonde.serving(
              () ->
                  assertThatThrownBy(() -> call(stubborn, "GET", uri("/drop"), Map.of(), null))
                      .isInstanceOf(IOException.class));

      for (int i = 0; i < 2; i++) {
        Exchange attempt = sonde.nextExchange();
        assertThat(attempt.parentId()).isEqualTo(parent.spanId());
        assertThat(attempt.thrown()).isInstanceOf(IOException.class);
        assertThat(server().next().header("b3")).contains(attempt.spanIdString());
      }
      sonde.nextExchange();
    }
  }

  /** The default one does not retry what a server dropped. */
  private static final class Once implements HttpRequestRetryStrategy {
    @Override
    public boolean retryRequest(HttpRequest request, IOException e, int count, HttpContext c) {
      return count <= 1;
    }

    @Override
    public boolean retryRequest(HttpResponse response, int count, HttpContext context) {
      return false;
    }

    @Override
    public TimeValue getRetryInterval(HttpResponse response, int count, HttpContext context) {
      return TimeValue.ZERO_MILLISECONDS;
    }
  }

  @Test
  void countsAnAnswerToAChallengeApart() throws Exception {
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    credentials.setCredentials(
        new AuthScope(null, -1), new UsernamePasswordCredentials("me", "mine".toCharArray()));
    try (CloseableHttpAsyncClient known =
        HttpAsyncClients.custom().setDefaultCredentialsProvider(credentials).build()) {
      known.start();

      assertThat(call(known, "GET", uri("/secret?a=b"), Map.of(), null).body()).isEqualTo("secret");
    }

    Exchange refused = sonde.nextExchange();
    assertThat(refused.status()).isEqualTo(401);
    assertThat(server().next().header("b3")).contains(refused.spanIdString());
    Exchange answered = sonde.nextExchange();
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.path()).isEqualTo("/secret");
    assertThat(server().next().header("b3")).contains(answered.spanIdString());
  }

  @Test
  void neverOverwritesWhatAnInterceptorSet() throws Exception {
    try (CloseableHttpAsyncClient intercepted =
        HttpAsyncClients.custom()
            .addRequestInterceptorLast((request, entity, context) -> request.addHeader("B3", "0"))
            .build()) {
      intercepted.start();

      call(intercepted, "GET", uri("/hello"), Map.of(), null);
    }

    RawServer.Request request = server().next();
    sonde.nextExchange();
    assertThat(request.all("b3")).containsExactly("0");
    assertThat(request.all("traceparent")).hasSize(1);
  }

  @Test
  void runsTheCallbackInItsCallersContext() throws Exception {
    AtomicReference<Object> seen = new AtomicReference<>();

    Exchange parent =
        sonde.serving(() -> seen.set(execute(request("/hello"), null).get(10, TimeUnit.SECONDS)));

    sonde.nextExchange();
    sonde.nextExchange();
    assertThat(seen.get()).isSameAs(parent);
  }

  @Test
  void isOverBeforeItsCallerGoesOnEvenWithoutABody() throws Exception {
    for (int i = 0; i < 10; i++) {
      sonde.serving(() -> get("/empty"));

      assertThat(sonde.nextExchange().kind()).isEqualTo(Exchange.Kind.CLIENT);
      sonde.nextExchange();
    }
  }

  @Test
  void runsTheCallbackOfAFailureInItsCallersContext() throws Exception {
    AtomicReference<Object> seen = new AtomicReference<>();
    SimpleHttpRequest nobody = new SimpleHttpRequest("GET", URI.create("http://127.0.0.1:1/"));

    Exchange parent =
        sonde.serving(() -> seen.set(execute(nobody, null).get(10, TimeUnit.SECONDS)));

    sonde.nextExchange();
    sonde.nextExchange();
    assertThat(seen.get()).isSameAs(parent);
  }

  @Test
  void forgetsTheCallersContextWhereAContextIsUsedAgain() throws Exception {
    HttpClientContext context = HttpClientContext.create();
    sonde.serving(() -> execute(request("/hello"), context).get(10, TimeUnit.SECONDS));
    sonde.nextExchange();
    sonde.nextExchange();

    Object seen = execute(request("/hello"), context).get(10, TimeUnit.SECONDS);

    assertThat(sonde.nextExchange().parentId()).isZero();
    assertThat(seen).isEqualTo("none");
    assertThat(context.getAttribute("io.sonde.exchange")).isNull();
  }

  @Test
  void leavesNothingInTheRequest() throws Exception {
    SimpleHttpRequest request = request("/hello");
    HttpClientContext context = HttpClientContext.create();

    execute(request, context).get(10, TimeUnit.SECONDS);

    sonde.nextExchange();
    assertThat(request.getHeaders()).isEmpty();
    assertThat(context.getRequest().getFirstHeader("b3")).isNull();
  }

  @Test
  void recordsABodyThatBreaksOff() {
    assertThatThrownBy(() -> get("/half")).isInstanceOf(IOException.class);

    int attempts = server().unread();
    for (int i = 0; i < attempts; i++) {
      assertThat(sonde.nextExchange().thrown()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void recordsATimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
      SimpleHttpRequest request = new SimpleHttpRequest("GET", uri);
      request.setConfig(
          RequestConfig.custom().setResponseTimeout(50, TimeUnit.MILLISECONDS).build());

      assertThatThrownBy(() -> result(client.execute(request, null)))
          .isInstanceOf(SocketTimeoutException.class);
    }

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void endsACallThatIsCancelled() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/never");
      Future<SimpleHttpResponse> call =
          client.execute(
              SimpleRequestProducer.create(new SimpleHttpRequest("GET", uri)),
              SimpleResponseConsumer.create(),
              null);
      try (Socket accepted = silent.accept()) {
        accepted.getInputStream().read();

        call.cancel(true);

        assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS))
            .isInstanceOfAny(CancellationException.class, ExecutionException.class);
      }
    }
    // 5.0 may forget to tell the connection (a race of its own): then its end is the call's.
    assertThat(sonde.nextExchange().thrown()).isInstanceOf(IOException.class);
  }
}

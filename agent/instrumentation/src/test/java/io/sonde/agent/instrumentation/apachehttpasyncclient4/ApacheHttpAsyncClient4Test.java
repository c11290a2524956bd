// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.apachehttpasyncclient4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.agent.instrumentation.contract.HttpClientContract;
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
import org.apache.http.HttpResponse;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApacheHttpAsyncClient4Test extends HttpClientContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new ApacheHttpAsyncClient4Instrumentation());

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
    return "apache-httpasyncclient-4";
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

  private static Result call(
      CloseableHttpAsyncClient client,
      String method,
      URI uri,
      Map<String, String> headers,
      String body)
      throws Exception {
    RequestBuilder request = RequestBuilder.create(method).setUri(uri);
    headers.forEach(request::addHeader);
    if (body != null) {
      request.setEntity(new StringEntity(body));
    }
    return result(client.execute(request.build(), null));
  }

  /** As the application would: it sees what was thrown. */
  private static Result result(Future<HttpResponse> future) throws Exception {
    try {
      HttpResponse response = future.get(10, TimeUnit.SECONDS);
      String body = response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
      return new Result(response.getStatusLine().getStatusCode(), body);
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  private static HttpUriRequest get(URI uri) {
    return RequestBuilder.get().setUri(uri).build();
  }

  /** What has run in the callback. */
  private static CompletableFuture<Object> served(HttpUriRequest request, HttpContext context) {
    CompletableFuture<Object> parent = new CompletableFuture<>();
    client.execute(
        request,
        context,
        new FutureCallback<HttpResponse>() {
          @Override
          public void completed(HttpResponse response) {
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
  void countsAnAnswerToAChallengeApart() throws Exception {
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    credentials.setCredentials(AuthScope.ANY, new UsernamePasswordCredentials("me", "mine"));
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
  void runsTheCallbackInItsCallersContext() throws Exception {
    AtomicReference<Object> seen = new AtomicReference<>();

    Exchange parent =
        sonde.serving(() -> seen.set(served(get(uri("/hello")), null).get(10, TimeUnit.SECONDS)));

    sonde.nextExchange();
    sonde.nextExchange();
    assertThat(seen.get()).isSameAs(parent);
  }

  @Test
  void runsTheCallbackOfAFailureInItsCallersContext() throws Exception {
    AtomicReference<Object> seen = new AtomicReference<>();
    HttpUriRequest nobody = get(URI.create("http://127.0.0.1:1/"));

    Exchange parent = sonde.serving(() -> seen.set(served(nobody, null).get(10, TimeUnit.SECONDS)));

    sonde.nextExchange();
    sonde.nextExchange();
    assertThat(seen.get()).isSameAs(parent);
  }

  @Test
  void forgetsTheCallersContextWhereAContextIsUsedAgain() throws Exception {
    HttpClientContext context = HttpClientContext.create();
    sonde.serving(() -> served(get(uri("/hello")), context).get(10, TimeUnit.SECONDS));
    sonde.nextExchange();
    sonde.nextExchange();

    Object seen = served(get(uri("/hello")), context).get(10, TimeUnit.SECONDS);

    assertThat(sonde.nextExchange().parentId()).isZero();
    assertThat(seen).isEqualTo("none");
  }

  @Test
  void leavesNothingInTheRequest() throws Exception {
    HttpUriRequest request = get(uri("/hello"));
    HttpClientContext context = HttpClientContext.create();

    served(request, context).get(10, TimeUnit.SECONDS);

    sonde.nextExchange();
    assertThat(request.getAllHeaders()).isEmpty();
    assertThat(context.getRequest().getFirstHeader("b3")).isNull();
    SondeExtension.await("gone", () -> context.getAttribute("io.sonde.async") == null);
  }

  @Test
  void recordsABodyThatBreaksOff() {
    assertThatThrownBy(() -> get("/half")).isInstanceOf(IOException.class);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(IOException.class);
  }

  @Test
  void recordsATimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HttpUriRequest request =
          RequestBuilder.get()
              .setUri(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"))
              .setConfig(RequestConfig.custom().setSocketTimeout(50).build())
              .build();

      assertThatThrownBy(() -> result(client.execute(request, null)))
          .isInstanceOf(SocketTimeoutException.class);
    }

    assertThat(sonde.nextExchange().thrown()).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void endsACallThatIsCancelled() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HttpUriRequest request =
          get(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/never"));
      client.execute(request, null);
      try (Socket accepted = silent.accept()) {
        accepted.getInputStream().read();

        request.abort();

        assertThat(sonde.nextExchange().thrown()).isInstanceOf(CancellationException.class);
      }
    }
  }
}

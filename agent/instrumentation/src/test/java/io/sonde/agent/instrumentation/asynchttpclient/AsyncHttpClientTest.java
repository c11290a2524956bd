// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.asynchttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.agent.instrumentation.contract.HttpClientContract;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyEventLoopInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyHttpInstrumentation;
import io.sonde.agent.recording.Exchange;
import io.sonde.bridge.SondeBridge;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.asynchttpclient.AsyncCompletionHandler;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.asynchttpclient.HttpResponseStatus;
import org.asynchttpclient.Realm;
import org.asynchttpclient.RequestBuilder;
import org.asynchttpclient.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AsyncHttpClientTest extends HttpClientContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(
          new NettyHttpInstrumentation(),
          new NettyEventLoopInstrumentation(),
          new ExecutorsInstrumentation(),
          new AsyncHttpClientInstrumentation());

  private static AsyncHttpClient client;

  @BeforeAll
  static void startClient() {
    client =
        new DefaultAsyncHttpClient(
            new DefaultAsyncHttpClientConfig.Builder()
                .setFollowRedirect(true)
                .setMaxRequestRetry(0)
                .build());
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
    return "netty";
  }

  @Override
  protected boolean seesConnecting() {
    return false;
  }

  @Override
  protected boolean beginsOnCallersThread() {
    return false;
  }

  @Override
  protected int exchangesPerRedirect() {
    return 2;
  }

  @Override
  protected Result call(String method, URI uri, Map<String, String> headers, String body)
      throws Exception {
    RequestBuilder request = new RequestBuilder(method).setUrl(uri.toString());
    headers.forEach(request::setHeader);
    if (body != null) {
      request.setBody(body);
    }
    return call(request);
  }

  private static Result call(RequestBuilder request) throws Exception {
    try {
      Response response = client.executeRequest(request.build()).get(10, TimeUnit.SECONDS);
      return new Result(response.getStatusCode(), response.getResponseBody());
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  /** What was served in the handler's methods, the last one included. */
  private static Queue<Object> served(URI uri) throws Exception {
    Queue<Object> served = new ConcurrentLinkedQueue<>();
    CompletableFuture<Void> end = new CompletableFuture<>();
    AsyncHandler<Response> handler =
        new AsyncCompletionHandler<>() {
          @Override
          public State onStatusReceived(HttpResponseStatus status) throws Exception {
            note();
            return super.onStatusReceived(status);
          }

          @Override
          public Response onCompleted(Response response) {
            note();
            end.complete(null);
            return response;
          }

          @Override
          public void onThrowable(Throwable thrown) {
            note();
            end.complete(null);
          }

          private void note() {
            Object current = SondeBridge.current();
            served.add(current == null ? "none" : current);
          }
        };
    client.executeRequest(new RequestBuilder("GET").setUrl(uri.toString()).build(), handler);
    end.get(10, TimeUnit.SECONDS);
    return served;
  }

  @Test
  void aRedirectIsForTheSameCaller() throws Exception {
    Exchange parent = sonde.serving(() -> get("/redirect"));

    for (int i = 0; i < 3; i++) {
      Exchange exchange = sonde.nextExchange();
      if (exchange != parent) {
        assertThat(exchange.parentId()).isEqualTo(parent.spanId());
        assertThat(server().next().header("b3")).contains(exchange.spanIdString());
      }
    }
  }

  @Test
  void countsAnAnswerToAChallengeApart() throws Exception {
    Realm realm =
        new Realm.Builder("me", "mine")
            .setScheme(Realm.AuthScheme.BASIC)
            .setUsePreemptiveAuth(false)
            .build();

    Result result =
        call(new RequestBuilder("GET").setUrl(uri("/secret").toString()).setRealm(realm));

    assertThat(result.body()).isEqualTo("secret");
    assertThat(sonde.nextExchange().status()).isEqualTo(401);
    assertThat(sonde.nextExchange().status()).isEqualTo(200);
  }

  @Test
  void tellsCallersApartOnAPooledConnection() throws Exception {
    for (int i = 0; i < 3; i++) {
      AtomicReference<Queue<Object>> served = new AtomicReference<>();

      Exchange parent = sonde.serving(() -> served.set(served(uri("/hello"))));

      Exchange first = sonde.nextExchange();
      Exchange second = sonde.nextExchange();
      assertThat(first == parent ? second.parentId() : first.parentId()).isEqualTo(parent.spanId());
      assertThat(served.get()).hasSize(2).containsOnly(parent);
    }
    assertThat(served(uri("/hello"))).containsOnly("none");
    assertThat(sonde.nextExchange().parentId()).isZero();
  }

  @Test
  void tellsOfAFailureToConnectInItsCallersContext() throws Exception {
    AtomicReference<Queue<Object>> served = new AtomicReference<>();

    Exchange parent =
        sonde.serving(() -> served.set(served(URI.create("http://127.0.0.1:1/nobody"))));

    sonde.nextExchange();
    assertThat(served.get()).containsOnly(parent);
  }

  @Test
  void recordsABodyThatBreaksOff() {
    assertThatThrownBy(() -> get("/half")).isInstanceOf(IOException.class);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(IOException.class);
  }
}

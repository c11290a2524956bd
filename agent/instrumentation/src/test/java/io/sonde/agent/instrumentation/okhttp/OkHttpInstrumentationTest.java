// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.agent.instrumentation.contract.HttpClientContract;
import io.sonde.agent.instrumentation.contract.RawServer;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Exchange;
import io.sonde.bridge.SondeBridge;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OkHttpInstrumentationTest extends HttpClientContract {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new OkHttpInstrumentation());

  private static final OkHttpClient client = new OkHttpClient();

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "okhttp";
  }

  @Override
  protected int exchangesPerRedirect() {
    return 2;
  }

  @Override
  protected Result call(String method, URI uri, Map<String, String> headers, String body)
      throws IOException {
    return call(client, method, uri, headers, body);
  }

  static Result call(
      OkHttpClient client, String method, URI uri, Map<String, String> headers, String body)
      throws IOException {
    Request.Builder request =
        new Request.Builder()
            .url(uri.toString())
            .method(method, body == null ? null : RequestBody.create(null, body));
    headers.forEach(request::header);
    try (Response response = client.newCall(request.build()).execute()) {
      return new Result(response.code(), response.body().string());
    }
  }

  private Request request(String target) {
    return new Request.Builder().url(uri(target).toString()).build();
  }

  /** What has run in the callback, or the failure. */
  private static CompletableFuture<Object> enqueue(Call call) {
    CompletableFuture<Object> parent = new CompletableFuture<>();
    call.enqueue(
        new Callback() {
          @Override
          public void onResponse(Call call, Response response) {
            response.close();
            Object current = SondeBridge.current();
            parent.complete(current == null ? "none" : current);
          }

          @Override
          public void onFailure(Call call, IOException e) {
            parent.complete(e);
          }
        });
    return parent;
  }

  @Test
  void givesEachRequestOfARedirectIdsOfItsOwn() throws Exception {
    get("/redirect");

    Exchange first = sonde.nextExchange();
    Exchange second = sonde.nextExchange();
    assertThat(second.path()).isEqualTo("/hello");
    assertThat(server().next().header("b3")).contains(first.spanIdString());
    assertThat(server().next().header("b3")).contains(second.spanIdString());
  }

  @Test
  void countsEveryAttemptOfARetry() throws Exception {
    get("/hello");
    sonde.nextExchange();
    server().next();

    assertThatThrownBy(() -> get("/drop")).isInstanceOf(IOException.class);

    int attempts = server().unread();
    assertThat(attempts).isGreaterThan(1);
    for (int i = 0; i < attempts; i++) {
      Exchange attempt = sonde.nextExchange();
      assertThat(attempt.thrown()).isInstanceOf(IOException.class);
      assertThat(server().next().header("b3")).contains(attempt.spanIdString());
    }
  }

  @Test
  void recordsATimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      OkHttpClient impatient = client.newBuilder().readTimeout(50, TimeUnit.MILLISECONDS).build();
      URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");

      assertThatThrownBy(() -> call(impatient, "GET", uri, Map.of(), null))
          .isInstanceOf(SocketTimeoutException.class);
    }

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void isOverBeforeTheBodyIsRead() throws Exception {
    Response response = client.newCall(request("/half")).execute();

    assertThat(sonde.nextExchange().status()).isEqualTo(200);
    response.close();
  }

  @Test
  void takesAnAnswerOutOfTheCacheForNoExchange() throws Exception {
    OkHttpClient caching =
        client
            .newBuilder()
            .cache(new okhttp3.Cache(new File("target/okhttp-" + System.nanoTime()), 1 << 20))
            .addNetworkInterceptor(
                chain ->
                    chain
                        .proceed(chain.request())
                        .newBuilder()
                        .header("Cache-Control", "max-age=60")
                        .build())
            .build();

    call(caching, "GET", uri("/hello"), Map.of(), null);
    Result again = call(caching, "GET", uri("/hello"), Map.of(), null);

    assertThat(again.body()).isEqualTo("hello");
    sonde.nextExchange();
    server().next();
    assertThat(server().unread()).isZero();
  }

  @Test
  void neverOverwritesWhatANetworkInterceptorSet() throws Exception {
    OkHttpClient intercepted =
        client
            .newBuilder()
            .addNetworkInterceptor(
                chain -> chain.proceed(chain.request().newBuilder().addHeader("B3", "0").build()))
            .build();

    call(intercepted, "GET", uri("/hello"), Map.of(), null);

    RawServer.Request request = server().next();
    sonde.nextExchange();
    assertThat(request.all("b3")).containsExactly("0");
    assertThat(request.all("traceparent")).hasSize(1);
  }

  @Test
  void showsItsHeadersToNoOneWhoDoesNotAskForTheNetworks() throws Exception {
    Request request = request("/hello");
    try (Response response = client.newCall(request).execute()) {
      assertThat(response.request().headers().names()).isEmpty();
    }

    assertThat(request.headers().names()).isEmpty();
    sonde.nextExchange();
  }

  @Test
  void sendsTheSameRequestTwiceInTwoExchanges() throws Exception {
    Request request = request("/hello");

    client.newCall(request).execute().close();
    client.newCall(request).execute().close();

    assertThat(server().next().header("b3")).contains(sonde.nextExchange().spanIdString());
    assertThat(server().next().header("b3")).contains(sonde.nextExchange().spanIdString());
  }

  @Test
  void runsAnEnqueuedCallAndItsCallbackInItsCallersContext() throws Exception {
    AtomicReference<Object> seen = new AtomicReference<>();

    Exchange parent =
        sonde.serving(
            () -> seen.set(enqueue(client.newCall(request("/hello"))).get(10, TimeUnit.SECONDS)));

    Exchange child = sonde.nextExchange();
    sonde.nextExchange();
    assertThat(child.parentId()).isEqualTo(parent.spanId());
    assertThat(seen.get()).isSameAs(parent);
  }

  @Test
  void keepsTheContextsOfCallsThatWaitInTheQueueApart() throws Exception {
    OkHttpClient narrow = client.newBuilder().dispatcher(new Dispatcher()).build();
    narrow.dispatcher().setMaxRequests(1);
    List<CompletableFuture<Object>> calls = new ArrayList<>();
    List<Exchange> parents = new ArrayList<>();

    for (int i = 0; i < 4; i++) {
      parents.add(sonde.serving(() -> calls.add(enqueue(narrow.newCall(request("/hello"))))));
    }
    calls.add(enqueue(narrow.newCall(request("/hello"))));

    for (int i = 0; i < 4; i++) {
      assertThat(calls.get(i).get(10, TimeUnit.SECONDS)).isSameAs(parents.get(i));
    }
    assertThat(calls.get(4).get(10, TimeUnit.SECONDS)).isEqualTo("none");
    for (int i = 0; i < 9; i++) {
      sonde.nextExchange();
    }
  }

  @Test
  void leavesTheDispatchersThreadAsItWas() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      OkHttpClient own = client.newBuilder().dispatcher(new Dispatcher(threads)).build();

      sonde.serving(() -> enqueue(own.newCall(request("/hello"))).get(10, TimeUnit.SECONDS));

      assertThat(threads.submit(SondeBridge::current).get(10, TimeUnit.SECONDS)).isNull();
    } finally {
      threads.shutdown();
    }
    sonde.nextExchange();
    sonde.nextExchange();
  }

  @Test
  void recordsAnEnqueuedFailure() throws Exception {
    Request nobody = new Request.Builder().url("http://127.0.0.1:1/").build();

    Object outcome = enqueue(client.newCall(nobody)).get(10, TimeUnit.SECONDS);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.thrown()).isSameAs(outcome);
    assertThat(exchange.peerPort()).isEqualTo(1);
  }

  @Test
  void endsACallThatIsCancelled() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/never";
      Call call = client.newCall(new Request.Builder().url(url).build());
      CompletableFuture<Object> outcome = enqueue(call);
      try (Socket accepted = silent.accept()) {
        accepted.getInputStream().read();

        call.cancel();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
      }
    }
    assertThat(sonde.nextExchange().thrown()).isInstanceOf(IOException.class);
  }
}

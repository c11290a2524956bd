// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.javahttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.agent.instrumentation.contract.HttpClientContract;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JavaHttpClientInstrumentationTest extends HttpClientContract {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new JavaHttpClientInstrumentation());

  private static final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "java-http-client";
  }

  @Override
  protected Result call(String method, URI uri, Map<String, String> headers, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    return new Result(response.statusCode(), response.body());
  }

  @Test
  void recordsAnAsynchronousCallOnce() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri("/hello")).build();

    CompletableFuture<HttpResponse<String>> future =
        client.sendAsync(request, BodyHandlers.ofString());

    assertThat(future.get(10, TimeUnit.SECONDS).body()).isEqualTo("hello");
    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(server().next().header("b3")).contains(exchange.spanIdString());
  }

  @Test
  void isAChildOfTheExchangeThatCalledAsynchronously() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri("/hello")).build();

    Exchange parent =
        sonde.serving(() -> client.sendAsync(request, BodyHandlers.discarding()).join());

    Exchange child = sonde.nextExchange();
    sonde.nextExchange();
    assertThat(child.parentId()).isEqualTo(parent.spanId());
  }

  @Test
  void recordsAnAsynchronousFailure() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:1/")).build();

    assertThatThrownBy(
            () -> client.sendAsync(request, BodyHandlers.ofString()).get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(IOException.class);
  }

  @Test
  void recordsABodyThatBreaksOff() throws Exception {
    assertThatThrownBy(() -> get("/half")).isInstanceOf(IOException.class);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.thrown()).isInstanceOf(IOException.class);
  }

  @Test
  void recordsATimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
              .timeout(Duration.ofMillis(50))
              .build();

      assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
          .isInstanceOf(HttpTimeoutException.class);
    }

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void showsItsHeadersToNoOneInTheApplication() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri("/hello")).header("mine", "1").build();

    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

    sonde.nextExchange();
    assertThat(request.headers().map()).containsOnlyKeys("mine");
    assertThat(response.request().headers().map()).containsOnlyKeys("mine");
  }

  @Test
  void sendsTheSameRequestTwiceInTwoExchanges() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri("/hello")).build();

    client.send(request, BodyHandlers.ofString());
    client.send(request, BodyHandlers.ofString());

    Exchange first = sonde.nextExchange();
    Exchange second = sonde.nextExchange();
    assertThat(server().next().header("b3")).contains(first.spanIdString());
    assertThat(server().next().header("b3")).contains(second.spanIdString());
  }
}

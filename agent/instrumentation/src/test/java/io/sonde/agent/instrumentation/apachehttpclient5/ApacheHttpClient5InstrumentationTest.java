// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.apachehttpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.agent.instrumentation.contract.HttpClientContract;
import io.sonde.agent.instrumentation.contract.RawServer;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SuppressWarnings("deprecation") // Of the newest; there is no other way in the oldest.
class ApacheHttpClient5InstrumentationTest extends HttpClientContract {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new ApacheHttpClient5Instrumentation());

  private static final CloseableHttpClient client = HttpClients.createDefault();

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
      throws IOException {
    return call(client, method, uri, headers, body);
  }

  static Result call(
      CloseableHttpClient client, String method, URI uri, Map<String, String> headers, String body)
      throws IOException {
    ClassicRequestBuilder request = ClassicRequestBuilder.create(method).setUri(uri);
    headers.forEach(request::addHeader);
    if (body != null) {
      request.setEntity(body, ContentType.TEXT_PLAIN);
    }
    return client.execute(request.build(), ApacheHttpClient5InstrumentationTest::result);
  }

  private static Result result(ClassicHttpResponse response) throws IOException, HttpException {
    String body = response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
    return new Result(response.getCode(), body);
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
  void countsAnAnswerToAChallengeApart() throws Exception {
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    credentials.setCredentials(
        new AuthScope(null, -1), new UsernamePasswordCredentials("me", "mine".toCharArray()));
    CloseableHttpClient known =
        HttpClients.custom().setDefaultCredentialsProvider(credentials).build();

    assertThat(call(known, "GET", uri("/secret?a=b"), Map.of(), null).body()).isEqualTo("secret");

    Exchange refused = sonde.nextExchange();
    assertThat(refused.status()).isEqualTo(401);
    assertThat(server().next().header("b3")).contains(refused.spanIdString());
    Exchange answered = sonde.nextExchange();
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.path()).isEqualTo("/secret");
    assertThat(answered.peerPort()).isEqualTo(server().port());
    assertThat(server().next().header("b3")).contains(answered.spanIdString());
  }

  @Test
  void neverOverwritesWhatAnInterceptorSet() throws Exception {
    CloseableHttpClient intercepted =
        HttpClients.custom()
            .addRequestInterceptorLast((request, entity, context) -> request.addHeader("B3", "0"))
            .build();

    call(intercepted, "GET", uri("/hello"), Map.of(), null);

    RawServer.Request request = server().next();
    sonde.nextExchange();
    assertThat(request.all("b3")).containsExactly("0");
    assertThat(request.all("traceparent")).hasSize(1);
  }

  @Test
  void leavesNothingInTheRequestNorInTheContext() throws Exception {
    HttpGet request = new HttpGet(uri("/hello"));
    HttpClientContext context = HttpClientContext.create();

    for (int i = 0; i < 2; i++) {
      client.execute(request, context, ApacheHttpClient5InstrumentationTest::result);

      assertThat(context.getRequest().getFirstHeader("b3")).isNull();
      assertThat(context.getAttribute("io.sonde.exchange")).isNull();
      assertThat(server().next().header("b3")).contains(sonde.nextExchange().spanIdString());
    }
    assertThat(request.getHeaders()).isEmpty();
  }

  @Test
  void leavesNothingInTheContextOfAFailure() throws Exception {
    HttpClientContext context = HttpClientContext.create();

    assertThatThrownBy(() -> client.execute(new HttpGet("http://127.0.0.1:1/"), context))
        .isInstanceOf(IOException.class);

    sonde.nextExchange();
    assertThat(context.getAttribute("io.sonde.exchange")).isNull();
  }

  @Test
  void recordsATimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HttpGet request = new HttpGet("http://127.0.0.1:" + silent.getLocalPort() + "/");
      request.setConfig(
          RequestConfig.custom().setResponseTimeout(50, TimeUnit.MILLISECONDS).build());

      assertThatThrownBy(() -> client.execute(request)).isInstanceOf(SocketTimeoutException.class);
    }

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void isOverBeforeTheBodyIsRead() throws Exception {
    CloseableHttpResponse response = client.execute(new HttpGet(uri("/hello")));

    assertThat(sonde.nextExchange().status()).isEqualTo(200);
    response.close();
  }

  @Test
  void recordsThatThePoolHadNoConnection() throws Exception {
    CloseableHttpClient narrow =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create().setMaxConnTotal(1).build())
            .build();
    HttpGet request = new HttpGet(uri("/hello"));
    request.setConfig(
        RequestConfig.custom().setConnectionRequestTimeout(20, TimeUnit.MILLISECONDS).build());
    CloseableHttpResponse taken = narrow.execute(request);

    assertThatThrownBy(() -> narrow.execute(request))
        .isInstanceOf(ConnectionRequestTimeoutException.class);

    assertThat(sonde.nextExchange().status()).isEqualTo(200);
    assertThat(sonde.nextExchange().thrown()).isInstanceOf(ConnectionRequestTimeoutException.class);
    taken.close();
  }

  @Test
  void recordsTheMinimalClient() throws Exception {
    CloseableHttpClient minimal = HttpClients.createMinimal();

    call(minimal, "GET", uri("/hello?a=b"), Map.of(), null);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.path()).isEqualTo("/hello");
    assertThat(server().next().header("b3")).contains(exchange.spanIdString());
  }

  @Test
  void recordsThePeerBehindAProxy() throws Exception {
    CloseableHttpClient proxied =
        HttpClients.custom().setProxy(new HttpHost("127.0.0.1", server().port())).build();

    call(proxied, "GET", URI.create("http://nowhere.invalid/a?b=c"), Map.of(), null);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.peerHost()).isEqualTo("nowhere.invalid");
    assertThat(exchange.peerPort()).isEqualTo(80);
    assertThat(exchange.path()).isEqualTo("/a");
    assertThat(server().next().line()).isEqualTo("GET http://nowhere.invalid/a?b=c HTTP/1.1");
  }
}

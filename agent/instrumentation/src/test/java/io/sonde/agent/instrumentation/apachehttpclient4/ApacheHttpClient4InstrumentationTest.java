// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.apachehttpclient4;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import org.apache.http.HttpHost;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.HttpResponse;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.HttpClient;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.ConnectionPoolTimeoutException;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApacheHttpClient4InstrumentationTest extends HttpClientContract {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new ApacheHttpClient4Instrumentation());

  private static final CloseableHttpClient client = HttpClients.createDefault();

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "apache-httpclient-4";
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
      HttpClient client, String method, URI uri, Map<String, String> headers, String body)
      throws IOException {
    RequestBuilder request = RequestBuilder.create(method).setUri(uri);
    headers.forEach(request::addHeader);
    if (body != null) {
      request.setEntity(new StringEntity(body, UTF_8));
    }
    return result(client.execute(request.build()));
  }

  private static Result result(HttpResponse response) throws IOException {
    String body = response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
    return new Result(response.getStatusLine().getStatusCode(), body);
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
    credentials.setCredentials(AuthScope.ANY, new UsernamePasswordCredentials("me", "mine"));
    HttpClient known = HttpClients.custom().setDefaultCredentialsProvider(credentials).build();

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
    HttpClient intercepted =
        HttpClients.custom()
            .addInterceptorLast((HttpRequestInterceptor) (r, context) -> r.addHeader("B3", "0"))
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
      result(client.execute(request, context));

      assertThat(context.getRequest().getFirstHeader("b3")).isNull();
      assertThat(context.getAttribute("io.sonde.exchange")).isNull();
      assertThat(server().next().header("b3")).contains(sonde.nextExchange().spanIdString());
    }
    assertThat(request.getAllHeaders()).isEmpty();
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
      request.setConfig(RequestConfig.custom().setSocketTimeout(50).build());

      assertThatThrownBy(() -> client.execute(request)).isInstanceOf(SocketTimeoutException.class);
    }

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void isOverBeforeTheBodyIsRead() throws Exception {
    CloseableHttpResponse response = client.execute(new HttpGet(uri("/half")));

    assertThat(sonde.nextExchange().status()).isEqualTo(200);
    response.close();
  }

  @Test
  void recordsThatThePoolHadNoConnection() throws Exception {
    CloseableHttpClient narrow =
        HttpClients.custom().setMaxConnTotal(1).setMaxConnPerRoute(1).build();
    HttpGet request = new HttpGet(uri("/hello"));
    request.setConfig(RequestConfig.custom().setConnectionRequestTimeout(20).build());
    CloseableHttpResponse taken = narrow.execute(request);

    assertThatThrownBy(() -> narrow.execute(request))
        .isInstanceOf(ConnectionPoolTimeoutException.class);

    assertThat(sonde.nextExchange().status()).isEqualTo(200);
    assertThat(sonde.nextExchange().thrown()).isInstanceOf(ConnectionPoolTimeoutException.class);
    taken.close();
  }

  @Test
  void recordsTheMinimalClient() throws Exception {
    HttpClient minimal = HttpClients.createMinimal();

    call(minimal, "GET", uri("/hello?a=b"), Map.of(), null);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.path()).isEqualTo("/hello");
    assertThat(server().next().header("b3")).contains(exchange.spanIdString());
  }

  @Test
  @SuppressWarnings("deprecation")
  void recordsTheOldClient() throws Exception {
    HttpClient old = new org.apache.http.impl.client.DefaultHttpClient();

    assertThat(call(old, "POST", uri("/hello?a=b"), Map.of(), "body").body()).isEqualTo("hello");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.method()).isEqualTo("POST");
    assertThat(exchange.path()).isEqualTo("/hello");
    assertThat(exchange.peerPort()).isEqualTo(server().port());
    assertThat(server().next().header("b3")).contains(exchange.spanIdString());
  }

  @Test
  void recordsThePeerBehindAProxy() throws Exception {
    HttpClient proxied =
        HttpClients.custom().setProxy(new HttpHost("127.0.0.1", server().port())).build();

    call(proxied, "GET", URI.create("http://nowhere.invalid/a?b=c"), Map.of(), null);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.peerHost()).isEqualTo("nowhere.invalid");
    assertThat(exchange.peerPort()).isEqualTo(80);
    assertThat(exchange.path()).isEqualTo("/a");
    assertThat(server().next().line()).isEqualTo("GET http://nowhere.invalid/a?b=c HTTP/1.1");
  }

  @Test
  void recordsAnAnswerToAChallengeBehindAProxy() throws Exception {
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    credentials.setCredentials(AuthScope.ANY, new UsernamePasswordCredentials("me", "mine"));
    HttpClient known =
        HttpClients.custom()
            .setProxy(new HttpHost("127.0.0.1", server().port()))
            .setDefaultCredentialsProvider(credentials)
            .build();

    call(known, "GET", URI.create("http://nowhere.invalid/secret?a=b"), Map.of(), null);

    assertThat(sonde.nextExchange().status()).isEqualTo(401);
    Exchange answered = sonde.nextExchange();
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.peerHost()).isEqualTo("nowhere.invalid");
    assertThat(answered.peerPort()).isEqualTo(80);
    assertThat(answered.path()).isEqualTo("/secret");
  }
}

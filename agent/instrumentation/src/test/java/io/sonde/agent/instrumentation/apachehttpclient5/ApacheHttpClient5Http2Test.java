// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.apachehttpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.contract.TestTls;
import io.sonde.agent.instrumentation.tomcat.EmbeddedTomcat;
import io.sonde.agent.recording.Exchange;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.reactor.ssl.TlsDetails;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** HTTP/2 over TLS (ALPN) to a real Tomcat. */
class ApacheHttpClient5Http2Test {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new ApacheHttpClient5Instrumentation());

  private EmbeddedTomcat server;
  private int port;

  @BeforeEach
  void startServer() throws Exception {
    server = new EmbeddedTomcat();
    server.tls(TestTls.get());
    server.scenarios();
    port = server.start();
  }

  @AfterEach
  void stopServer() throws Exception {
    server.close();
  }

  /** 5.0 cannot find out by itself what a newer JDK has negotiated. */
  @SuppressWarnings("deprecation")
  static TlsStrategy trusting() {
    return ClientTlsStrategyBuilder.create()
        .setSslContext(TestTls.get().context())
        .setTlsDetailsFactory(
            engine -> new TlsDetails(engine.getSession(), engine.getApplicationProtocol()))
        .build();
  }

  @Test
  void recordsWhatTheNegotiatingClientSends() throws Exception {
    try (CloseableHttpAsyncClient client =
        HttpAsyncClients.custom()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setTlsStrategy(trusting())
                    .build())
            .build()) {
      recordsStreams(client, 3);
    }
  }

  @Test
  void recordsWhatTheClientOfHttp2AloneSends() throws Exception {
    try (CloseableHttpAsyncClient client =
        HttpAsyncClients.customHttp2().setTlsStrategy(trusting()).build()) {
      recordsStreams(client, 20);
    }
  }

  @Test
  void isOverBeforeItsCallerGoesOn() throws Exception {
    try (CloseableHttpAsyncClient client =
        HttpAsyncClients.customHttp2().setTlsStrategy(trusting()).build()) {
      client.start();
      URI uri = URI.create("https://127.0.0.1:" + port + "/seen");

      for (int i = 0; i < 10; i++) {
        sonde.serving(() -> client.execute(new SimpleHttpRequest("GET", uri), null).get());

        assertThat(sonde.nextExchange().kind()).isEqualTo(Exchange.Kind.CLIENT);
        sonde.nextExchange();
      }
    }
  }

  private void recordsStreams(CloseableHttpAsyncClient client, int count) throws Exception {
    client.start();
    URI uri = URI.create("https://127.0.0.1:" + port + "/seen");
    List<Future<SimpleHttpResponse>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(client.execute(new SimpleHttpRequest("GET", uri), null));
    }

    List<String> answers = new ArrayList<>();
    for (Future<SimpleHttpResponse> call : calls) {
      SimpleHttpResponse response = call.get(10, TimeUnit.SECONDS);
      assertThat(response.getVersion()).isEqualTo(HttpVersion.HTTP_2);
      answers.add(response.getBodyText());
    }
    List<String> recorded = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Exchange exchange = sonde.nextExchange();
      String ids = exchange.traceIdString() + "-" + exchange.spanIdString() + "-1";
      recorded.add("[" + ids + "] [" + exchange.requestId() + "]");
    }
    assertThat(recorded).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(answers);
  }
}

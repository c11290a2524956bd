// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.apachehttpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.agent.instrumentation.contract.HttpClientContract;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.contract.TestTls;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.SSLConnectionSocketFactoryBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract over HTTPS. */
class ApacheHttpClient5OverTlsTest extends HttpClientContract {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new ApacheHttpClient5Instrumentation());

  @SuppressWarnings("deprecation")
  private static final CloseableHttpClient client =
      HttpClients.custom()
          .setConnectionManager(
              PoolingHttpClientConnectionManagerBuilder.create()
                  .setSSLSocketFactory(
                      SSLConnectionSocketFactoryBuilder.create()
                          .setSslContext(TestTls.get().context())
                          .build())
                  .build())
          .build();

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "apache-httpclient-5";
  }

  @Override
  protected boolean tls() {
    return true;
  }

  @Override
  protected int exchangesPerRedirect() {
    return 2;
  }

  @Override
  protected Result call(String method, URI uri, Map<String, String> headers, String body)
      throws IOException {
    return ApacheHttpClient5InstrumentationTest.call(client, method, uri, headers, body);
  }

  @Test
  void recordsACertificateThatIsNotTrusted() {
    CloseableHttpClient strange = HttpClients.createDefault();
    URI uri = uri("/hello");

    assertThatThrownBy(
            () -> ApacheHttpClient5InstrumentationTest.call(strange, "GET", uri, Map.of(), null))
        .isInstanceOf(SSLException.class);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(SSLException.class);
    assertThat(server().unread()).isZero();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.apachehttpclient4;

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
import org.apache.http.client.HttpClient;
import org.apache.http.impl.client.HttpClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract over HTTPS. */
class ApacheHttpClient4OverTlsTest extends HttpClientContract {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new ApacheHttpClient4Instrumentation());

  @SuppressWarnings("deprecation")
  private static final HttpClient client =
      HttpClients.custom().setSslcontext(TestTls.get().context()).build();

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "apache-httpclient-4";
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
    return ApacheHttpClient4InstrumentationTest.call(client, method, uri, headers, body);
  }

  @Test
  void recordsACertificateThatIsNotTrusted() {
    HttpClient strange = HttpClients.createDefault();
    URI uri = uri("/hello");

    assertThatThrownBy(
            () -> ApacheHttpClient4InstrumentationTest.call(strange, "GET", uri, Map.of(), null))
        .isInstanceOf(SSLException.class);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(SSLException.class);
    assertThat(server().unread()).isZero();
  }
}

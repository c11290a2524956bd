// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.okhttp;

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
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract over HTTPS: the client offers HTTP/2, the server takes HTTP/1.1. */
class OkHttpOverTlsTest extends HttpClientContract {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new OkHttpInstrumentation());

  private static final OkHttpClient client = trusting();

  static OkHttpClient trusting() {
    TestTls tls = TestTls.get();
    return new OkHttpClient.Builder()
        .sslSocketFactory(tls.context().getSocketFactory(), tls.trust())
        .build();
  }

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "okhttp";
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
    return OkHttpInstrumentationTest.call(client, method, uri, headers, body);
  }

  @Test
  void recordsACertificateThatIsNotTrusted() {
    URI uri = uri("/hello");

    assertThatThrownBy(
            () -> OkHttpInstrumentationTest.call(new OkHttpClient(), "GET", uri, Map.of(), null))
        .isInstanceOf(SSLException.class);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(SSLException.class);
    assertThat(server().unread()).isZero();
  }
}

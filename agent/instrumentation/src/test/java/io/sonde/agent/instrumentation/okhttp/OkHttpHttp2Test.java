// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.contract.TestTls;
import io.sonde.agent.instrumentation.tomcat.EmbeddedTomcat;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** HTTP/2 over TLS (ALPN) to a real Tomcat. */
class OkHttpHttp2Test {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new OkHttpInstrumentation());

  @Test
  void recordsEachRequestAndAddsItsHeadersOnce() throws Exception {
    OkHttpClient client = OkHttpOverTlsTest.trusting();
    try (EmbeddedTomcat server = new EmbeddedTomcat()) {
      server.tls(TestTls.get());
      server.scenarios();
      int port = server.start();

      for (int i = 0; i < 2; i++) {
        String seen = get(client, "https://127.0.0.1:" + port + "/seen");

        Exchange exchange = sonde.nextExchange();
        assertThat(exchange.status()).isEqualTo(200);
        String ids = exchange.traceIdString() + "-" + exchange.spanIdString() + "-1";
        assertThat(seen).isEqualTo("[" + ids + "] [" + exchange.requestId() + "]");
      }
    }
  }

  private static String get(OkHttpClient client, String url) throws IOException {
    try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
      assertThat(response.protocol()).isEqualTo(Protocol.HTTP_2);
      return response.body().string();
    }
  }
}

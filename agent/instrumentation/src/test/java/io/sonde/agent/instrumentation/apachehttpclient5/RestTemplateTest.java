// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.apachehttpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.apachehttpclient4.ApacheHttpClient4Instrumentation;
import io.sonde.agent.instrumentation.contract.RawServer;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.core.SpringVersion;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;

/** Spring 5 brings HttpClient 4, Spring 6 brings 5; neither adds an exchange. */
class RestTemplateTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(
          new ApacheHttpClient4Instrumentation(), new ApacheHttpClient5Instrumentation());

  @Test
  void isOneExchangeForEachRequestOnTheWire() throws Exception {
    RestTemplate rest = new RestTemplate(new HttpComponentsClientHttpRequestFactory());
    String client =
        SpringVersion.getVersion().startsWith("5.") ? "apache-httpclient-4" : "apache-httpclient-5";
    try (RawServer server = new RawServer()) {
      String url = "http://127.0.0.1:" + server.port();

      assertThat(rest.getForObject(url + "/hello", String.class)).isEqualTo("hello");
      assertThat(rest.getForObject(url + "/redirect", String.class)).isEqualTo("hello");
      assertThat(rest.postForObject(url + "/hello", "body", String.class)).isEqualTo("hello");

      for (String path : new String[] {"/hello", "/redirect", "/hello", "/hello"}) {
        Exchange exchange = sonde.nextExchange();
        assertThat(exchange.library()).isEqualTo(client);
        assertThat(exchange.path()).isEqualTo(path);
        assertThat(server.next().header("b3")).contains(exchange.spanIdString());
      }
    }
  }
}

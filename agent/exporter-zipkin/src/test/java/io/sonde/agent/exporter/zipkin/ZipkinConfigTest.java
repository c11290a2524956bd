// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZipkinConfigTest {

  @ParameterizedTest
  @CsvSource({
    "http://z:9411/api/v2/spans, http://z:9411/api/v2/spans, 9411",
    "http://z:9411, http://z:9411/api/v2/spans, 9411",
    "http://z/, http://z/api/v2/spans, 80",
    "https://z/in?k=v, https://z/in?k=v, 443",
    "HTTP://[::1]:9411, HTTP://[::1]:9411/api/v2/spans, 9411",
    "http://u:p@z/x, http://z/x, 80",
    "http://z/grün, http://z/gr%C3%BCn, 80",
  })
  void readsTheEndpoint(String text, String endpoint, int port) {
    ZipkinConfig config = ZipkinConfig.parse(text, null, null);

    assertThat(config.endpoint()).hasToString(endpoint);
    assertThat(config.port()).isEqualTo(port);
    assertThat(config.encoding()).isEqualTo("json");
  }

  @ParameterizedTest
  @CsvSource({
    "'', does not start with http:// or https://",
    "localhost:9411, does not start with http:// or https://",
    "ftp://z, does not start with http:// or https://",
    "http://, not a URL",
    "http://a b, not a URL",
    "http:///x, has no host",
    "http://z:99999/, port is not in 1..65535",
    "http://z:0/, port is not in 1..65535",
    "http://under_score:1/, has no host",
  })
  void saysWhatIsWrongWithAnEndpoint(String text, String why) {
    assertThatThrownBy(() -> ZipkinConfig.parse(text, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("zipkin.endpoint=" + text + ": ")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({"http://u:secret@a b", "ftp://u:secret@z", "http://u:secret@z:99999", "u:secret@z"})
  void neverRepeatsThePassword(String text) {
    assertThatThrownBy(() -> ZipkinConfig.parse(text, null, null))
        .hasMessageContaining("***@")
        .hasMessageNotContaining("secret")
        .hasNoCause();
    assertThat(ZipkinConfig.parse("http://u:secret@z/x?key=secret", null, null).toString())
        .isEqualTo("http://z/x");
  }

  @Test
  void readsHeaders() {
    assertThat(ZipkinConfig.parse("http://z", " X-A = 1 ,, X-B=b\\,c=d", "PROTO3").headers())
        .containsExactly(entry("X-A", "1"), entry("X-B", "b,c=d"));
  }

  @Test
  void anAuthorizationHeaderGoesBeforeTheUrlsPassword() {
    assertThat(ZipkinConfig.parse("http://u:p@z", "authorization=Bearer t", null).headers())
        .containsExactly(entry("authorization", "Bearer t"));
  }

  @ParameterizedTest
  @CsvSource({
    "X-A, X-A",
    "=secret, ''",
    "a b=secret, a b",
    "Content-Length=secret, Content-Length",
    "b3=secret, b3",
    "'X-A=secret\r\nX-B: 2', X-A",
    "X-A=sécret, X-A",
  })
  void refusesAHeaderByItsNameAndNeverShowsItsValue(String text, String name) {
    assertThatThrownBy(() -> ZipkinConfig.parse("http://z", text, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("zipkin.headers=" + name + ": ")
        .hasMessageNotContaining("cret");
  }

  @Test
  void refusesAnUnknownEncoding() {
    assertThatThrownBy(() -> ZipkinConfig.parse("http://z", null, "thrift"))
        .hasMessage("zipkin.encoding=thrift: allowed are json, proto3");
  }
}

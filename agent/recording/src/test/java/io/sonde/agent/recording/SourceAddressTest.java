// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceAddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.17, 192.0.2.0",
    "127.0.0.1, 127.0.0.0",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1::",
    "2001:db8:1:2::3, 2001:db8:1::",
    "fe80::1%eth0, fe80:0:0::",
    "[2001:db8::1], 2001:db8:0::",
    "::1, 0:0:0::",
    "1::3:4:5:6:7:8, 1:0:3::",
    "::ffff:192.0.2.17, ::ffff:192.0.2.0",
    "::ffff:c000:0211, ::ffff:c000:200",
  })
  void masksTheLastPart(String address, String masked) {
    assertThat(SourceAddress.shown(address, ClientIp.MASKED)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "1.2.3",
        "1.2.3.",
        ".1.2.3",
        "1.2.3.4.",
        "1.2.3.4.5",
        "01.2.3.4",
        "256.1.1.1",
        "1..2.3",
        "1.2.3.x",
        "1:2:3",
        "1::2::3",
        "a:b:c:d:e:f:g:h",
        ":"
      })
  void showsNothingThatIsNoAddress(String address) {
    assertThat(SourceAddress.shown(address, ClientIp.FULL)).isNull();
    assertThat(SourceAddress.shown(address, ClientIp.MASKED)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.17", "2001:db8:1:2::3", "::ffff:192.0.2.17"})
  void showsAllOrNothingWhenSaidSo(String address) {
    assertThat(SourceAddress.shown(address, ClientIp.FULL)).isEqualTo(address);
    assertThat(SourceAddress.shown(address, ClientIp.OFF)).isNull();
  }
}

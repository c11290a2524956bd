// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SondeLedgerTest {

  @Test
  void readsTheAccountOfSpans() throws IOException {
    String status =
        "{\"ledger\":[{\"signal\":\"metrics\",\"destination\":\"statsd\",\"acked\":7,\"dropped\":{}},"
            + "{\"signal\":\"spans\",\"destination\":\"zipkin\",\"state\":\"up\",\"taken\":120,"
            + "\"acked\":118,\"sent\":0,\"queued\":0,\"spooled\":0,\"dropped\":{\"queue full\":2}}]}";

    SondeLedger ledger = SondeLedger.parse(status);

    assertThat(ledger.acked()).isEqualTo(118);
    assertThat(ledger.account()).contains("\"taken\":120").contains("\"queue full\":2");
  }

  @Test
  void refusesAStatusWithoutSpans() {
    assertThatThrownBy(() -> SondeLedger.parse("{\"ledger\":[]}")).isInstanceOf(IOException.class);
  }
}

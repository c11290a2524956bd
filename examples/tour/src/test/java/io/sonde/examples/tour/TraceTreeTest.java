// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TraceTreeTest {

  private final Terminal terminal =
      new Terminal(new PrintStream(new ByteArrayOutputStream()), false, false);

  @Test
  void drawsChildrenBelowTheirParentInTheOrderOfTime() throws Exception {
    JsonNode trace =
        Http.JSON.readTree(
            """
            [{"id":"c","parentId":"a","kind":"CLIENT","name":"get","timestamp":1600,"duration":300,
              "localEndpoint":{"serviceName":"gateway"},"tags":{"error":"refused"}},
             {"id":"a","kind":"SERVER","name":"get /","timestamp":1000,"duration":1000,
              "localEndpoint":{"serviceName":"gateway"}},
             {"id":"b","parentId":"a","kind":"CLIENT","name":"get","timestamp":1100,"duration":400,
              "localEndpoint":{"serviceName":"gateway"}}]
            """);

    assertThat(TraceTree.of(terminal, trace))
        .extracting(line -> line.replace("█", "").stripTrailing().replaceAll(" +", " "))
        .containsExactly(
            "gateway: get / 1.0 ms",
            "├─ gateway calls: get 0.4 ms",
            "└─ gateway calls: get ✗ refused 0.3 ms");
  }

  @Test
  void drawsASpanWhoseParentIsMissing() throws Exception {
    JsonNode trace =
        Http.JSON.readTree(
            """
            [{"id":"b","parentId":"gone","name":"get","timestamp":1,"duration":1,
              "localEndpoint":{"serviceName":"stock"}}]
            """);

    assertThat(TraceTree.of(terminal, trace))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("stock: get");
  }
}

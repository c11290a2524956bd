// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.FinishedExchange;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No line is longer than 32 KB, however long and however costly to encode what it tells is. */
final class LineSizeTest {

  private static final int LIMIT = 32 * 1024;

  static Stream<String> costly() {
    return Stream.of("x", "\u0000", "\"", "\n", "ä", "\u20ac", "\ud83d\ude00", "\ud83d")
        .map(unit -> unit.repeat(200_000));
  }

  @ParameterizedTest
  @MethodSource("costly")
  void cutsALogEventAndSaysSo(String text) {
    Throwable thrown = new Error(text, new Error(text));
    Map<String, String> mdc = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      mdc.put(i + text, text);
    }

    JsonNode line = checked(Line.of(Samples.log(text, thrown, mdc, null)));

    assertThat(line.get("labels.truncated").asText()).isEqualTo("true");
    assertThat(line.get("error.type").asText()).isEqualTo("java.lang.Error");
  }

  @ParameterizedTest
  @MethodSource("costly")
  void cutsAnAccessEventAndSaysSo(String text) {
    JsonNode line = checked(Line.of(hostile(text)));

    assertThat(line.get("labels.truncated").asText()).isEqualTo("true");
    assertThat(line.get("http.response.status_code").asInt()).isEqualTo(500);
  }

  @ParameterizedTest
  @MethodSource("costly")
  void cutsAnErrorAndSaysSo(String text) {
    JsonNode line = checked(Line.of(Samples.error(new Error(text), hostile(text))));

    assertThat(line.get("labels.truncated").asText()).isEqualTo("true");
    assertThat(line.get("labels.fingerprint").asText()).isEqualTo("cafe0123");
  }

  @Test
  void leavesALineThatFitsAsItIs() {
    String message = "x".repeat(16_000);

    JsonNode line = checked(Line.of(Samples.log(message)));

    assertThat(line.get("message").asText()).isEqualTo(message);
    assertThat(line.has("labels.truncated")).isFalse();
  }

  @Test
  void writesAtMost16KbOfAStackTrace() {
    JsonNode line = checked(Line.of(Samples.error(deep(3_000), null)));

    String stack = line.get("error.stack_trace").asText();
    assertThat(stack.getBytes(StandardCharsets.UTF_8).length).isBetween(14_000, 16 * 1024);
  }

  @Test
  void tellsAThrowableThatCannotBeRead() {
    Throwable hostile =
        new RuntimeException() {
          @Override
          public String getMessage() {
            throw new IllegalStateException("no message");
          }
        };

    JsonNode line = checked(Line.of(Samples.log("m", hostile, Map.of(), null)));

    assertThat(line.get("error.stack_trace").asText())
        .isEqualTo("unreadable: java.lang.IllegalStateException");
  }

  @Test
  void survivesTenThousandCausesAndACycle() {
    Throwable chain = new Error("root");
    for (int i = 0; i < 10_000; i++) {
      chain = new Error("wrapper", chain);
    }
    Throwable first = new Error("first");
    Throwable second = new Error("second", first);
    first.initCause(second);

    assertThat(checked(Line.of(Samples.error(chain, null))).has("error.stack_trace")).isTrue();
    assertThat(checked(Line.of(Samples.error(first, null))).has("error.stack_trace")).isTrue();
  }

  private static Exchange hostile(String text) {
    return FinishedExchange.server()
        .request(text, text, "page=" + text)
        .from(text, text)
        .handler(text)
        .status(500)
        .get();
  }

  private static Throwable deep(int depth) {
    return depth == 0 ? new Error("deep") : deep(depth - 1);
  }

  private static JsonNode checked(Line line) {
    String text = Samples.encode(line);
    assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(LIMIT);
    assertThat(text).endsWith("}\n");
    assertThat(text.indexOf('\n')).isEqualTo(text.length() - 1);
    return Samples.parse(text);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void writesEachKindOfValue() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("text", "a");
    map.put("int", 1);
    map.put("long", Long.MIN_VALUE);
    map.put("double", 0.8);
    map.put("whole", 48.0);
    map.put("float", 0.1f);
    map.put("decimal", new BigDecimal("1.20"));
    map.put("atomic", new AtomicLong(3));
    map.put("yes", true);
    map.put("none", null);
    map.put("list", Arrays.asList(1, null, "b"));
    map.put("array", new String[] {"c"});
    map.put("map", Map.of());
    map.put("enum", Status.WARN);

    assertThat(Json.write(map))
        .isEqualTo(
            "{\"text\":\"a\",\"int\":1,\"long\":-9223372036854775808,\"double\":0.8,\"whole\":48,"
                + "\"float\":0.1,\"decimal\":1.20,\"atomic\":3,\"yes\":true,\"none\":null,"
                + "\"list\":[1,null,\"b\"],\"array\":[\"c\"],\"map\":{},\"enum\":\"warn\"}");
  }

  @Test
  void whatJsonHasNoNumberForIsNull() {
    List<Object> values =
        List.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN);

    assertThat(Json.write(values)).isEqualTo("[null,null,null,null]");
  }

  @Test
  void escapesWhatMustBe() {
    assertThat(Json.write("\"\\\n\r\t\b\u0000\u001f\u007f\u2028\u2029</script>"))
        .isEqualTo(
            "\"\\\"\\\\\\n\\r\\t\\u0008\\u0000\\u001f\\u007f\\u2028\\u2029\\u003c/script>\"");
    assertThat(Json.write("\ud800a\udc00 \ud83d\ude00"))
        .isEqualTo("\"\ufffda\ufffd \ud83d\ude00\"");
    assertThat(Json.write(Map.of("\"", "\n"))).isEqualTo("{\"\\\"\":\"\\n\"}");
  }

  @Test
  void everyStringComesBackFromAParser() throws Exception {
    Random random = new Random(42);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(20); j > 0; j--) {
        text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x80 : 0xd800));
      }

      JsonNode read = new ObjectMapper().readTree(Json.bytes(text));

      assertThat(read.asText()).isEqualTo(text.toString());
    }
  }

  @Test
  void aForeignNumberCannotBreakTheDocument() {
    Number hostile =
        new BigDecimal("1.5") {
          private static final long serialVersionUID = 1;

          @Override
          public String toString() {
            return "},evil";
          }
        };

    assertThat(Json.write(hostile)).isEqualTo("1.5");
  }

  @Test
  void endsWhereAListHoldsItself() {
    List<Object> loop = new ArrayList<>();
    loop.add(loop);

    assertThat(Json.write(loop)).contains("[[[[null]]]]").hasSizeLessThan(100);
  }
}

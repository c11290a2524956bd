// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTest {

  @ParameterizedTest
  @CsvSource({
    "/, root",
    "'', root",
    "//, root",
    "/users/{id}, users-_id_",
    "/users/{id}/, users-_id_",
    "/users/{id}/orders, users-_id_-orders",
    "/files/*, files-any",
    "unmatched, unmatched",
    "other, other",
    "GET, GET",
    "web-1, web-1",
    "snake_case, snake_case",
  })
  void keepsWhatIsReadable(String value, String segment) {
    assertThat(Segment.of(value)).isEqualTo(segment);
  }

  @ParameterizedTest
  @CsvSource({
    "/a.b, a_b-",
    "/a b, a_b-",
    "/größe, gr__e-",
    "db.example.com:5432, db_example_com_5432-",
    "/users/{id:[0-9]+}, users-_id__0-9___-",
    "/\uD83D\uDE00, _-",
    "/root, root-",
    "/probe, probe-",
    "/other, other-",
    "/unmatched, unmatched-",
    "'\u0000\n', __-",
  })
  void addsHashWhereSomethingWasLost(String value, String start) {
    assertThat(Segment.of(value)).startsWith(start);
    assertThat(Segment.of(value).substring(start.length())).matches("[0-9a-f]{6}");
  }

  @Test
  void tellsApartWhatLooksTheSame() {
    assertThat(Segment.of("/a.b")).isNotEqualTo(Segment.of("/a b"));
  }

  @Test
  void hashIsTheSameOnEveryInstance() {
    assertThat(Segment.of("/a.b")).isEqualTo("a_b-a37ce8");
  }

  @Test
  void cutsAt80AndAddsHash() {
    assertThat(Segment.of("/" + "x".repeat(80))).isEqualTo("x".repeat(80));
    assertThat(Segment.of("/" + "x".repeat(81))).matches("x{80}-[0-9a-f]{6}");
    assertThat(Segment.of("/" + "x".repeat(81))).isNotEqualTo(Segment.of("/" + "x".repeat(82)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"})
  void keepsKnownMethods(String method) {
    assertThat(Segment.method(method)).isEqualTo(method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FOO", "get", "", "GET ", "PROPFIND"})
  void foldsUnknownMethods(String method) {
    assertThat(Segment.method(method)).isEqualTo("other");
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The windows that may be asked for. */
enum Span {
  SECOND("1s", 1),
  TEN_SECONDS("10s", 10),
  MINUTE("60s", 60),
  FIVE_MINUTES("5m", 300);

  final String text;
  final int seconds;

  Span(String text, int seconds) {
    this.text = text;
    this.seconds = seconds;
  }

  /**
   * As in {@code ?window=10s}; a minute when nothing is said.
   *
   * @throws IllegalArgumentException for any other
   */
  static Span of(@Nullable String text) {
    if (text == null) {
      return MINUTE;
    }
    List<String> texts = new ArrayList<>();
    for (Span span : values()) {
      if (span.text.equals(text)) {
        return span;
      }
      texts.add(span.text);
    }
    throw new IllegalArgumentException("window: not one of " + String.join(", ", texts));
  }
}

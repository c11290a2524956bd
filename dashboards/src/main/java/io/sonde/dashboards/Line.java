// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

/**
 * One question of a panel and how its answers are called.
 *
 * @param legend words with {@code {label}} for a label's value: {@code p95 of {route}}. Each label
 *     of {@link Question#by} is in it.
 */
public record Line(String legend, Question question) {

  public Line {
    for (String label : question.by()) {
      if (!legend.contains("{" + label + "}")) {
        throw new IllegalArgumentException(legend + " does not tell " + label);
      }
    }
  }
}

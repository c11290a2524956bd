// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import java.util.Locale;

/** What a check says, in the words of the health draft. Ordered: the last is the worst. */
public enum Status {
  PASS,
  WARN,
  FAIL;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The one that is written so; {@link #WARN} for a word that means nothing. */
  static Status of(String text) {
    for (Status status : values()) {
      if (status.text.equals(text)) {
        return status;
      }
    }
    return WARN;
  }

  /** The worse of the two. */
  public static Status worst(Status a, Status b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** True when this is worse than {@code other}, not when equal. */
  public boolean worseThan(Status other) {
    return compareTo(other) > 0;
  }

  /** As in the document: {@code pass}, {@code warn}, {@code fail}. */
  @Override
  public String toString() {
    return text;
  }
}

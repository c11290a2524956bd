// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

/** Names that others have chosen, on their way to somebody's terminal. */
final class Text {

  private static final int MAX = 300;

  private Text() {}

  /** Without what a terminal would obey: control characters, and those that turn the direction. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    for (int i = 0; i < text.length() && i < MAX; i++) {
      char c = text.charAt(i);
      boolean obeyed =
          Character.isISOControl(c)
              || Character.getType(c) == Character.FORMAT
              || Character.getType(c) == Character.LINE_SEPARATOR
              || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
      clean.append(obeyed ? '?' : c);
    }
    return clean.append(text.length() > MAX ? "…" : "").toString();
  }
}

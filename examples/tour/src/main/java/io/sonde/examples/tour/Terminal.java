// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Where the demo speaks. Colours and lines that grow only where a human looks. Any thread. */
final class Terminal {

  /** What fits into a terminal of ordinary width. */
  static final int WIDTH = 100;

  private static final Pattern COLOURS = Pattern.compile("\033\\[[0-9;]*m");

  private final PrintStream out;
  private final boolean live;
  private final boolean colours;

  /**
   * @param live whether a line may be rewritten: a terminal, not a file or pipe
   */
  Terminal(PrintStream out, boolean live, boolean colours) {
    this.out = out;
    this.live = live;
    this.colours = live && colours;
  }

  boolean isLive() {
    return live;
  }

  synchronized void say(String line) {
    clearLine();
    out.println(line);
    out.flush();
  }

  void blank() {
    say("");
  }

  void heading(String title) {
    blank();
    say(bold("── " + title + " " + "─".repeat(Math.max(3, WIDTH - title.length() - 4))));
  }

  /** Replaces the line that is being written; nothing where that is not possible. */
  synchronized void progress(String text) {
    if (live) {
      clearLine();
      out.print(text);
      out.flush();
    }
  }

  String bold(String text) {
    return colour("1", text);
  }

  String dim(String text) {
    return colour("2", text);
  }

  String good(String text) {
    return colour("32", text);
  }

  String doubtful(String text) {
    return colour("33", text);
  }

  String bad(String text) {
    return colour("31", text);
  }

  /** Cut to the width with an ellipsis. Only for text without colours. */
  static String fit(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }

  /** At the commas; one empty line for an empty text. */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : text.split("(?<=,) ")) {
      if (line.length() > 0 && line.length() + 1 + part.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(part);
    }
    lines.add(line.toString());
    return lines;
  }

  /** Fills up with blanks; colours take no room. */
  static String pad(String text, int width) {
    int length = COLOURS.matcher(text).replaceAll("").length();
    return text + " ".repeat(Math.max(0, width - length));
  }

  private String colour(String code, String text) {
    return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
  }

  private void clearLine() {
    if (live) {
      out.print("\r\033[K");
    }
  }
}

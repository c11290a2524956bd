// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.picture;

import java.util.Locale;

/** The text of an SVG, element by element. */
final class Svg {

  static final String INK = "#24292e";
  static final String PALE = "#6b737c";
  static final String RULE = "#e1e4e8";

  /** Told apart on white, also in grey; a panel with more begins again. */
  private static final String[] COLORS = {
    "#3d8a37", "#c4830a", "#2a6fbb", "#c4162a", "#7b4fa6", "#0e8a8a", "#a34b00", "#5f6b7a"
  };

  /** Of a character, in parts of the font's size: what a sans serif has on average. */
  private static final double CHARACTER = 0.56;

  private final StringBuilder text = new StringBuilder();

  static String color(int index) {
    return COLORS[index % COLORS.length];
  }

  /** How wide a text will be, about. */
  static double width(String text, int size) {
    return text.length() * size * CHARACTER;
  }

  /** So much of it as fits. */
  static String fit(String text, double width, int size) {
    int fits = (int) (width / (size * CHARACTER));
    return text.length() <= fits ? text : text.substring(0, Math.max(0, fits - 1)) + "…";
  }

  void rect(double x, double y, double w, double h, String fill, String stroke) {
    add(
        "<rect x='%s' y='%s' width='%s' height='%s' fill='%s' stroke='%s'/>",
        x, y, w, h, fill, stroke);
  }

  void line(double x1, double y1, double x2, double y2) {
    add("<line x1='%s' y1='%s' x2='%s' y2='%s' stroke='%s'/>", x1, y1, x2, y2, RULE);
  }

  void path(String points, String stroke) {
    add("<path d='%s' fill='none' stroke='%s' stroke-width='1.6'/>", points, stroke);
  }

  void dot(double x, double y, String fill) {
    add("<circle cx='%s' cy='%s' r='2.2' fill='%s'/>", x, y, fill);
  }

  void text(double x, double y, int size, String fill, String text) {
    words(x, y, size, fill, "start", "normal", text);
  }

  void bold(double x, double y, int size, String fill, String text) {
    words(x, y, size, fill, "start", "600", text);
  }

  void right(double x, double y, int size, String fill, String text) {
    words(x, y, size, fill, "end", "normal", text);
  }

  void middle(double x, double y, int size, String fill, String weight, String text) {
    words(x, y, size, fill, "middle", weight, text);
  }

  /** All of it, as a file. */
  String file(double width, double height) {
    return line(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %s %s' width='%s' height='%s'"
                + " font-family='Helvetica, Arial, sans-serif'>",
            width, height, width, height)
        + text
        + "</svg>\n";
  }

  private void words(
      double x, double y, int size, String fill, String anchor, String weight, String words) {
    add(
        "<text x='%s' y='%s' font-size='%s' fill='%s' text-anchor='%s' font-weight='%s'>%s</text>",
        x, y, size, fill, anchor, weight, escaped(words));
  }

  private void add(String element, Object... values) {
    text.append(line(element, values));
  }

  private static String line(String element, Object... values) {
    Object[] shown = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      shown[i] = values[i] instanceof Double number ? shortest(number) : values[i];
    }
    return String.format(Locale.ROOT, element, shown) + "\n";
  }

  static String shortest(double number) {
    String text = String.format(Locale.ROOT, "%.1f", number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String escaped(String words) {
    StringBuilder safe = new StringBuilder();
    for (char c : words.toCharArray()) {
      switch (c) {
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        default -> safe.append(c < ' ' ? ' ' : c);
      }
    }
    return safe.toString();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.picture;

/** Text for the reader, without the marks of Markdown. */
record Note(String markdown) implements Drawing {

  private static final int SIZE = 12;
  private static final double LINE = 17;

  @Override
  public boolean hasData() {
    return !markdown.isBlank();
  }

  @Override
  public void draw(Svg svg, Box box) {
    double y = box.y() + LINE;
    StringBuilder line = new StringBuilder();
    for (String word : markdown.replaceAll("[*`#]", "").split("\\s+")) {
      if (Svg.width(line + word, SIZE) > box.w() - 20) {
        svg.text(box.x() + 10, y, SIZE, Svg.INK, line.toString());
        line.setLength(0);
        y += LINE;
      }
      line.append(word).append(' ');
    }
    svg.text(box.x() + 10, y, SIZE, Svg.INK, line.toString());
  }
}

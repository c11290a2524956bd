// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.picture;

import java.util.ArrayList;
import java.util.List;

/** Rows as they came, so many as fit; a cell of several lines is that much higher. */
record Table(List<String> columns, List<List<String>> rows) implements Drawing {

  private static final int SIZE = 11;
  private static final double LINE = 15;
  private static final int MAX_LINES = 12;

  /** Of no-break spaces: an SVG drops others. */
  private static final String INDENT = "\u00a0\u00a0\u00a0\u00a0";

  @Override
  public boolean hasData() {
    return !rows.isEmpty();
  }

  @Override
  public void draw(Svg svg, Box box) {
    List<Double> widths = widths(box.w() - 16);
    double y = box.y() + LINE;
    cells(svg, box.x() + 10, y, widths, columns, true);
    for (List<String> row : rows) {
      int lines = row.stream().mapToInt(Table::lines).max().orElse(1);
      if (y + 4 + LINE > box.bottom() - 4) {
        return;
      }
      lines = Math.min(lines, (int) ((box.bottom() - 4 - y - 4) / LINE));
      svg.line(box.x() + 8, y + 4, box.right() - 8, y + 4);
      for (int line = 0; line < lines; line++) {
        cells(svg, box.x() + 10, y + LINE, widths, lineOf(row, line), false);
        y += LINE;
      }
      y += 4;
    }
  }

  private static int lines(String cell) {
    return Math.min(MAX_LINES, cell.split("\n", -1).length);
  }

  private static List<String> lineOf(List<String> row, int line) {
    List<String> cells = new ArrayList<>();
    for (String cell : row) {
      String[] lines = cell.split("\n", -1);
      cells.add(line < lines.length ? lines[line].replace("\t", INDENT) : "");
    }
    return cells;
  }

  private static void cells(
      Svg svg, double x, double y, List<Double> widths, List<String> cells, boolean head) {
    double left = x;
    for (int i = 0; i < cells.size(); i++) {
      String fitting = Svg.fit(cells.get(i), widths.get(i) - 8, SIZE);
      if (head) {
        svg.bold(left, y, SIZE, Svg.PALE, fitting);
      } else if (!fitting.isEmpty()) {
        svg.text(left, y, SIZE, Svg.INK, fitting);
      }
      left += widths.get(i);
    }
  }

  /** What each column needs; where that is too much the widest give, all to the same width. */
  private List<Double> widths(double room) {
    List<Double> wanted = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      double most = Svg.width(columns.get(i), SIZE);
      for (List<String> row : rows) {
        for (String line : row.get(i).split("\n", -1)) {
          most = Math.max(most, Svg.width(line, SIZE));
        }
      }
      wanted.add(most + 18);
    }
    double widest = widest(wanted, room);
    double spare = (room - wanted.stream().mapToDouble(w -> Math.min(w, widest)).sum());
    return wanted.stream()
        .map(w -> Math.min(w, widest) + Math.max(0, spare / wanted.size()))
        .toList();
  }

  private static double widest(List<Double> wanted, double room) {
    List<Double> ascending = wanted.stream().sorted().toList();
    double left = room;
    for (int i = 0; i < ascending.size(); i++) {
      double share = left / (ascending.size() - i);
      if (ascending.get(i) > share) {
        return share;
      }
      left -= ascending.get(i);
    }
    return room;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.picture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dashboard with what its queries have brought. Panels are added with their place in the grid and
 * their data, in any order; {@link #svg} draws them, {@link #saveIfAsked} only where {@code
 * -Dsonde.pictures=FOLDER} is set.
 */
public final class Picture {

  private static final double WIDTH = 1_280;
  private static final double MARGIN = 12;
  private static final double HEAD = 58;
  private static final double GAP = 6;

  private record Panel(String title, Grid grid, @Nullable Drawing inside) {}

  private final String title;
  private final String origin;
  private final int columns;
  private final double rowPixels;
  private final List<Panel> panels = new ArrayList<>();

  private Picture(String title, String origin, int columns, double rowPixels) {
    this.title = title;
    this.origin = origin;
    this.columns = columns;
    this.rowPixels = rowPixels;
  }

  /**
   * With Grafana's grid of 24 columns.
   *
   * @param origin where the data is from, e.g. {@code Graphite 1.1}; stands below the title
   */
  public static Picture ofGrafana(String title, String origin) {
    return new Picture(title, origin, 24, 30);
  }

  /** With Kibana's grid of 48 columns. */
  public static Picture ofKibana(String title, String origin) {
    return new Picture(title, origin, 48, 18);
  }

  /** A row's title, over the whole width. */
  public Picture heading(String text, Grid grid) {
    panels.add(new Panel(text, grid, null));
    return this;
  }

  /**
   * Lines over time.
   *
   * @param unit Grafana's name: {@code ms}, {@code s}, {@code bytes}, {@code percent}, {@code
   *     percentunit}, {@code reqps}, {@code short} …
   */
  public Picture lines(String title, Grid grid, String unit, List<Series> series) {
    return add(title, grid, new Chart(unit, series, false));
  }

  /** Bars over time, those of one time upon each other. */
  public Picture stacked(String title, Grid grid, String unit, List<Series> series) {
    return add(title, grid, new Chart(unit, series, true));
  }

  /** A bar for each value, from above. */
  public Picture bars(String title, Grid grid, String unit, List<Value> values) {
    return add(title, grid, new Bars(unit, values));
  }

  /** Big numbers. */
  public Picture figures(String title, Grid grid, String unit, List<Value> values) {
    return add(title, grid, new Figures(unit, values));
  }

  /** A table; each row has as many cells as there are columns. */
  public Picture table(String title, Grid grid, List<String> columns, List<List<String>> rows) {
    return add(title, grid, new Table(columns, rows));
  }

  /** Text; of Markdown the marks are left out. */
  public Picture note(String title, Grid grid, String markdown) {
    return add(title, grid, new Note(markdown));
  }

  /** A number with its unit, as the panels show it; for a table's cells. */
  public static String text(String unit, double value) {
    return Unit.text(unit, value);
  }

  /** Writes it as {@code FOLDER/name}, if the system property says where. */
  public void saveIfAsked(String name) {
    String folder = System.getProperty("sonde.pictures");
    if (folder == null || folder.isEmpty()) {
      return;
    }
    try {
      Files.createDirectories(Path.of(folder));
      Files.writeString(Path.of(folder, name), svg());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole file. */
  public String svg() {
    int rows = panels.stream().mapToInt(panel -> panel.grid().bottom()).max().orElse(0);
    double height = HEAD + rows * rowPixels + MARGIN;
    Svg svg = new Svg();
    svg.rect(0, 0, WIDTH, height, "#f4f5f7", "none");
    svg.bold(MARGIN + 4, 28, 19, Svg.INK, title);
    svg.text(MARGIN + 4, 46, 11, Svg.PALE, origin);
    for (Panel panel : panels) {
      draw(svg, panel);
    }
    return svg.file(WIDTH, height);
  }

  private Picture add(String title, Grid grid, Drawing inside) {
    panels.add(new Panel(title, grid, inside));
    return this;
  }

  private void draw(Svg svg, Panel panel) {
    Box box = box(panel.grid());
    if (panel.inside() == null) {
      svg.bold(box.x() + 4, box.y() + box.h() / 2 + 6, 14, Svg.INK, panel.title());
      return;
    }
    svg.rect(box.x(), box.y(), box.w(), box.h(), "#ffffff", Svg.RULE);
    String title = Svg.fit(panel.title(), box.w() - 16, 12);
    svg.bold(box.x() + 10, box.y() + 18, 12, Svg.INK, title);
    if (panel.inside().hasData()) {
      panel.inside().draw(svg, box.inside(0, 26, 0, 4));
    } else {
      double middle = box.x() + box.w() / 2;
      svg.middle(middle, box.y() + box.h() / 2 + 8, 12, Svg.PALE, "normal", "no data");
    }
  }

  private Box box(Grid grid) {
    double wide = (WIDTH - 2 * MARGIN) / columns;
    return new Box(
        MARGIN + grid.x() * wide + GAP / 2,
        HEAD + grid.y() * rowPixels + GAP / 2,
        grid.w() * wide - GAP,
        grid.h() * rowPixels - GAP);
  }
}

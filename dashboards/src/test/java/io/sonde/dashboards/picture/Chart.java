// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.picture;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/** Numbers over time, as lines or as bars upon each other, with a legend below. */
record Chart(String unit, List<Series> series, boolean stacked) implements Drawing {

  private static final int SMALL = 10;
  private static final int LEGEND_LINE = 14;
  private static final int MAX_LEGEND = 4;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  @Override
  public boolean hasData() {
    return series.stream()
        .flatMap(one -> one.points().stream())
        .anyMatch(point -> !Double.isNaN(point.value()));
  }

  @Override
  public void draw(Svg svg, Box box) {
    List<List<Integer>> legend = legend(box.w());
    double below = 18 + legend.size() * LEGEND_LINE;
    Box plot = box.inside(58, 6, 12, below);
    List<Long> times = Series.times(series);
    Scale scale = scale(times);
    for (double tick : scale.ticks()) {
      double y = plot.bottom() - scale.share(tick) * plot.h();
      svg.line(plot.x(), y, plot.right(), y);
      svg.right(plot.x() - 6, y + 3, SMALL, Svg.PALE, Unit.text(unit, tick));
    }
    clock(svg, plot, times);
    if (stacked) {
      bars(svg, plot, scale, times);
    } else {
      lines(svg, plot, scale, times);
    }
    drawLegend(svg, legend, box.x() + 8, plot.bottom() + 18 + SMALL);
  }

  private Scale scale(List<Long> times) {
    double min = 0;
    double max = 0;
    for (long time : times) {
      double sum = 0;
      for (Series one : series) {
        double value = one.at(time);
        if (!Double.isNaN(value)) {
          sum += value;
          min = Math.min(min, value);
          max = Math.max(max, stacked ? sum : value);
        }
      }
    }
    return Scale.of(min, max);
  }

  private static void clock(Svg svg, Box plot, List<Long> times) {
    int labels = times.size() == 1 ? 1 : Math.max(2, Math.min(5, (int) (plot.w() / 110)));
    long first = times.get(0);
    long last = times.get(times.size() - 1);
    for (int i = 0; i < labels; i++) {
      double share = labels == 1 ? 0.5 : (double) i / (labels - 1);
      String text = CLOCK.format(Instant.ofEpochMilli(first + (long) ((last - first) * share)));
      double half = Svg.width(text, SMALL) / 2;
      double x = Math.min(plot.x() + share * plot.w(), plot.right() - half + 8);
      svg.middle(x, plot.bottom() + 13, SMALL, Svg.PALE, "normal", text);
    }
  }

  private void lines(Svg svg, Box plot, Scale scale, List<Long> times) {
    LongToDoubleFunction x = across(plot, times);
    for (int i = 0; i < series.size(); i++) {
      StringBuilder path = new StringBuilder();
      char next = 'M';
      for (Series.Point point : series.get(i).points()) {
        if (Double.isNaN(point.value())) {
          next = 'M';
          continue;
        }
        double y = plot.bottom() - scale.share(point.value()) * plot.h();
        double at = x.applyAsDouble(point.epochMillis());
        path.append(next).append(Svg.shortest(at)).append(' ').append(Svg.shortest(y));
        next = 'L';
        if (times.size() < 60) {
          svg.dot(at, y, Svg.color(i));
        }
      }
      svg.path(path.toString(), Svg.color(i));
    }
  }

  private void bars(Svg svg, Box plot, Scale scale, List<Long> times) {
    double width = Math.max(1.5, Math.min(24, plot.w() / slots(times) * 0.8));
    LongToDoubleFunction x = across(plot.inside(width / 2, 0, width / 2, 0), times);
    for (long time : times) {
      double sum = 0;
      for (int i = 0; i < series.size(); i++) {
        double value = series.get(i).at(time);
        if (Double.isNaN(value) || value <= 0) {
          continue;
        }
        double top = plot.bottom() - scale.share(sum + value) * plot.h();
        double height = (scale.share(sum + value) - scale.share(sum)) * plot.h();
        svg.rect(x.applyAsDouble(time) - width / 2, top, width, height, Svg.color(i), "none");
        sum += value;
      }
    }
  }

  /** So many bars would fit between the first and the last, given the two that are closest. */
  private static long slots(List<Long> times) {
    long closest = Long.MAX_VALUE;
    for (int i = 1; i < times.size(); i++) {
      closest = Math.min(closest, times.get(i) - times.get(i - 1));
    }
    return times.size() == 1 ? 1 : (times.get(times.size() - 1) - times.get(0)) / closest + 1;
  }

  private static LongToDoubleFunction across(Box plot, List<Long> times) {
    long first = times.get(0);
    long span = times.get(times.size() - 1) - first;
    return time ->
        span == 0 ? plot.x() + plot.w() / 2 : plot.x() + (double) (time - first) / span * plot.w();
  }

  /** The indices of the series by lines; the last line says how many more there are. */
  private List<List<Integer>> legend(double width) {
    List<List<Integer>> lines = new ArrayList<>();
    double left = 0;
    for (int i = 0; i < series.size(); i++) {
      double wide = Svg.width(name(i), SMALL) + 26;
      if (lines.isEmpty() || left + wide > width - 16) {
        if (lines.size() == MAX_LEGEND) {
          return lines;
        }
        lines.add(new ArrayList<>());
        left = 0;
      }
      lines.get(lines.size() - 1).add(i);
      left += wide;
    }
    return lines;
  }

  private void drawLegend(Svg svg, List<List<Integer>> lines, double x, double y) {
    for (int line = 0; line < lines.size(); line++) {
      double left = x;
      for (int index : lines.get(line)) {
        double baseline = y + line * LEGEND_LINE;
        svg.rect(left, baseline - 7, 10, 4, Svg.color(index), "none");
        svg.text(left + 14, baseline, SMALL, Svg.INK, name(index));
        left += Svg.width(name(index), SMALL) + 26;
      }
    }
  }

  private String name(int index) {
    return Svg.fit(series.get(index).name(), 260, SMALL);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import java.util.ArrayList;
import java.util.List;

/**
 * One panel.
 *
 * @param description what it shows, and what to think of it
 * @param unit Grafana's id of it: {@code reqps}, {@code ms}, {@code percent}, {@code bytes}, {@code
 *     short}
 * @param width of 24 columns
 * @param thresholds values from which it is yellow and red; empty: none
 */
public record Panel(
    String title,
    String description,
    Kind kind,
    String unit,
    int width,
    boolean stacked,
    List<Double> thresholds,
    List<Line> lines,
    List<Link> links) {

  /** The unit of a check's status, which is shown in words. */
  static final String HEALTH = "health";

  public enum Kind {
    /** Lines over time. */
    TIME,
    /** The present value, large. */
    STAT,
    /** A bar for each series, the longest on top. */
    BARS
  }

  /** To another page. May name variables. */
  public record Link(String title, String url) {}

  static Panel time(String title, String unit, String description) {
    return new Panel(
        title, description, Kind.TIME, unit, 8, false, List.of(), List.of(), List.of());
  }

  static Panel stat(String title, String unit, String description) {
    return new Panel(
        title, description, Kind.STAT, unit, 4, false, List.of(), List.of(), List.of());
  }

  static Panel bars(String title, String unit, String description) {
    return new Panel(
        title, description, Kind.BARS, unit, 8, false, List.of(), List.of(), List.of());
  }

  Panel line(String legend, Question question) {
    List<Line> more = new ArrayList<>(lines);
    more.add(new Line(legend, question));
    return withLines(more);
  }

  Panel withLines(List<Line> others) {
    return new Panel(title, description, kind, unit, width, stacked, thresholds, others, links);
  }

  Panel width(int columns) {
    return new Panel(title, description, kind, unit, columns, stacked, thresholds, lines, links);
  }

  Panel stack() {
    return new Panel(title, description, kind, unit, width, true, thresholds, lines, links);
  }

  /** From low to high where much is bad, from high to low where little is. */
  Panel thresholds(double yellow, double red) {
    return new Panel(
        title, description, kind, unit, width, stacked, List.of(yellow, red), lines, links);
  }

  Panel link(String label, String url) {
    List<Link> more = new ArrayList<>(links);
    more.add(new Link(label, url));
    return new Panel(title, description, kind, unit, width, stacked, thresholds, lines, more);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A report as text, at most 120 columns wide, without colours. */
public final class Page {

  private static final int WIDTH = 120;
  private static final int[] LIBRARY = {30, 18, 24, WIDTH - 2 - 30 - 18 - 24 - 3};
  private static final int[] DESTINATION = {18, 40, 9, WIDTH - 2 - 18 - 40 - 9 - 3};
  private static final int[] FACT = {18, WIDTH - 2 - 18 - 1};
  private static final int[] LINE = {WIDTH - 2};
  private static final int[] NUMBERED = {3, WIDTH - 2 - 3 - 1};

  private final Report report;
  private final PrintStream out;

  private Page(Report report, PrintStream out) {
    this.report = report;
    this.out = out;
  }

  public static void print(Report report, PrintStream out) {
    new Page(report, out).print();
  }

  private void print() {
    out.println("Sonde's doctor on " + report.subject);
    facts();
    libraries();
    lines("Not seen", report.notSeen);
    lines("Sonde in it", report.sonde);
    lines("Other agents", report.agents);
    lines("Settings", report.settings);
    destinations();
    findings();
  }

  private void facts() {
    if (!report.jvm.isEmpty()) {
      heading("JVM");
      report.jvm.forEach((what, value) -> row(FACT, what, value));
    }
  }

  private void libraries() {
    heading("Libraries");
    String folder = "";
    row(LIBRARY, "library", "version", "instrumented by", "verified");
    for (Report.Library library : report.libraries) {
      String in = library.where.substring(0, library.where.lastIndexOf('/') + 1);
      if (!in.equals(folder)) {
        row(LINE, "in " + (in.isEmpty() ? "." : in));
        folder = in;
      }
      String version = library.what.version == null ? "?" : library.what.version;
      String hooks = String.join(", ", library.instrumentedBy);
      row(
          LIBRARY,
          library.what.artifact,
          version,
          hooks.isEmpty() ? "-" : hooks,
          verified(library));
      library.refused.forEach(line -> row(LINE, "  refused: " + line));
      library.shaded.forEach(line -> row(LINE, "  has a copy of " + line));
    }
    int others = report.others.size();
    row(
        LINE,
        "and " + others + (others == 1 ? " other" : " others") + " that Sonde has no hooks for");
  }

  private static String verified(Report.Library library) {
    if (library.what.version == null) {
      return "its version is not known";
    }
    return library.verified.isEmpty() ? "not in the matrix" : library.verified;
  }

  private void destinations() {
    heading("Destinations");
    if (report.destinations.isEmpty()) {
      row(LINE, "none is set: nothing leaves the process");
    }
    for (Map<String, Object> destination : report.destinations) {
      row(
          DESTINATION,
          destination.get("name").toString(),
          destination.get("address").toString(),
          destination.get("millis") + " ms",
          (Boolean.TRUE.equals(destination.get("ok")) ? "" : "FAILED: ")
              + destination.get("answer"));
    }
  }

  private void findings() {
    heading("Findings");
    int number = 0;
    for (Map<String, Object> finding : report.findings) {
      row(NUMBERED, ++number + ".", finding.get("finding").toString());
      row(NUMBERED, "", finding.get("remedy").toString());
    }
    out.println(number == 0 ? "all well" : number == 1 ? "1 finding" : number + " findings");
  }

  private void lines(String heading, List<String> lines) {
    if (!lines.isEmpty()) {
      heading(heading);
      lines.forEach(line -> row(LINE, line));
    }
  }

  private void heading(String text) {
    out.println();
    out.println(text);
  }

  /** Cells that are too long go on below, at spaces where there are any. */
  private void row(int[] widths, String... cells) {
    List<List<String>> wrapped = new ArrayList<>();
    int height = 1;
    for (int i = 0; i < cells.length; i++) {
      wrapped.add(wrap(cells[i], widths[i]));
      height = Math.max(height, wrapped.get(i).size());
    }
    for (int line = 0; line < height; line++) {
      StringBuilder text = new StringBuilder(" ");
      for (int i = 0; i < cells.length; i++) {
        String part = line < wrapped.get(i).size() ? wrapped.get(i).get(line) : "";
        text.append(' ').append(part);
        for (int pad = part.length(); pad < widths[i]; pad++) {
          text.append(' ');
        }
      }
      out.println(text.toString().replaceAll("\\s+$", ""));
    }
  }

  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > width / 3 ? space : width;
      lines.add(rest.substring(0, end));
      rest = "  " + rest.substring(end).trim();
    }
    lines.add(rest);
    return lines;
  }
}

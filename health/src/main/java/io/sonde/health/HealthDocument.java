// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Renders a report within a number of bytes. Consul keeps the last 4,096 of what it reads, so a
 * longer document would lose its head, the status included.
 *
 * <p>Results come worst first and, among equals, the first result of each check before the second
 * of any, so that fifty pools do not push out the response time. When the room ends, a result is
 * shortened; when that does not fit either, it is left out and counted in the notes. What does not
 * pass has its shortened form's room reserved before anything passing is written.
 */
final class HealthDocument {

  static final int FULL_BYTES = 4_000;
  static final int BRIEF_BYTES = 512;
  // "999 checks left out: 999 fail, 999 warn, 999 pass", its quotes and comma.
  private static final int LEFT_OUT_BYTES = 64;

  /** All results with one key: {@code "key":[{…},{…}]}. */
  private static final class Entry {

    final String key;
    final int indexInCheck;
    final List<CheckResult> results = new ArrayList<>();
    Status worst = Status.PASS;

    Entry(String key, int indexInCheck) {
      this.key = key;
      this.indexInCheck = indexInCheck;
    }

    void add(CheckResult result) {
      results.add(result);
      worst = Status.worst(worst, result.status());
    }

    String render(Function<CheckResult, Map<String, Object>> form) {
      List<Map<String, Object>> list = new ArrayList<>();
      for (CheckResult result : results) {
        list.add(form.apply(result));
      }
      return Json.write(key) + ':' + Json.write(list);
    }

    /** One object, whatever the number of results. */
    String renderShort() {
      for (CheckResult result : results) {
        if (result.status() == worst) {
          return Json.write(key) + ":[" + Json.write(result.toShortMap()) + ']';
        }
      }
      return Json.write(key) + ":[]";
    }
  }

  private HealthDocument() {}

  static String full(HealthReport report) {
    List<Entry> entries = entries(report);
    Map<String, Object> head = head(report, 120, 60);
    head.put("description", clip(report.service().name(), 120));
    String output = output(report, entries);
    if (output != null) {
      head.put("output", clip(output, 400));
    }
    List<String> notes = new ArrayList<>();
    for (String note : report.notes()) {
      notes.add(clip(note, 120));
    }
    int room = FULL_BYTES - size(assemble(head, notes, new ArrayList<>())) - LEFT_OUT_BYTES;
    List<String> written = new ArrayList<>();
    List<Entry> leftOut = fill(entries, form(report), room, written);
    if (!leftOut.isEmpty()) {
      notes.add(leftOut.size() + " checks left out: " + counts(leftOut));
    }
    return assemble(head, notes, written);
  }

  static String brief(HealthReport report) {
    List<Entry> entries = entries(report);
    Map<String, Object> head = head(report, 60, 30);
    String output = report.failure() != null ? report.failure() : names(entries);
    if (output != null) {
      head.put("output", clip(output, 120));
    }
    List<String> notes = new ArrayList<>();
    if (!entries.isEmpty()) {
      notes.add(entries.size() + " checks: " + counts(entries));
    }
    int room = BRIEF_BYTES - size(assemble(head, notes, new ArrayList<>()));
    List<String> written = new ArrayList<>();
    for (Entry entry : entries) {
      String text = entry.render(CheckResult::toStableMap);
      if (entry.worst != Status.PASS && size(text) + 1 <= room) {
        room -= size(text) + 1;
        written.add(text);
      }
    }
    return assemble(head, notes, written);
  }

  private static Map<String, Object> head(HealthReport report, int idBytes, int versionBytes) {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("status", report.status().toString());
    head.put("serviceId", clip(report.service().instance(), idBytes));
    String version = report.service().version();
    if (version != null) {
      head.put("version", clip(version, versionBytes));
    }
    return head;
  }

  private static List<Entry> entries(HealthReport report) {
    Map<String, Entry> byKey = new LinkedHashMap<>();
    for (HealthReport.Answer answer : report.answers()) {
      byKey
          .computeIfAbsent(answer.result.key(), key -> new Entry(key, answer.indexInCheck))
          .add(answer.result);
    }
    List<Entry> entries = new ArrayList<>(byKey.values());
    entries.sort(
        Comparator.comparing((Entry entry) -> entry.worst)
            .reversed()
            .thenComparingInt(entry -> entry.indexInCheck));
    return entries;
  }

  private static Function<CheckResult, Map<String, Object>> form(HealthReport report) {
    return report.detailed() ? CheckResult::toDetailedMap : CheckResult::toMap;
  }

  /** Adds to {@code written} what fits and returns the rest. */
  private static List<Entry> fill(
      List<Entry> entries,
      Function<CheckResult, Map<String, Object>> form,
      int bytes,
      List<String> written) {
    int room = bytes;
    int reserved = 0;
    for (Entry entry : entries) {
      reserved += reserve(entry);
    }
    List<Entry> leftOut = new ArrayList<>();
    for (Entry entry : entries) {
      reserved -= reserve(entry);
      String text = entry.render(form);
      if (size(text) + 1 > room - reserved) {
        text = entry.renderShort();
      }
      if (size(text) + 1 > room) {
        leftOut.add(entry);
      } else {
        room -= size(text) + 1;
        written.add(text);
      }
    }
    return leftOut;
  }

  private static int reserve(Entry entry) {
    return entry.worst == Status.PASS ? 0 : size(entry.renderShort()) + 1;
  }

  /** Of the worst result, or null when all is well. */
  private static @Nullable String output(HealthReport report, List<Entry> entries) {
    if (report.failure() != null || entries.isEmpty() || entries.get(0).worst == Status.PASS) {
      return report.failure();
    }
    Entry worst = entries.get(0);
    for (CheckResult result : worst.results) {
      if (result.status() == worst.worst && result.output() != null) {
        return worst.key + ": " + result.output();
      }
    }
    return worst.key + ": " + worst.worst;
  }

  private static @Nullable String names(List<Entry> entries) {
    StringBuilder names = new StringBuilder();
    for (Entry entry : entries) {
      if (entry.worst != Status.PASS) {
        names.append(names.length() == 0 ? "" : ", ").append(entry.key);
      }
    }
    return names.length() == 0 ? null : names.toString();
  }

  private static String counts(List<Entry> entries) {
    int[] count = new int[Status.values().length];
    for (Entry entry : entries) {
      count[entry.worst.ordinal()]++;
    }
    StringBuilder text = new StringBuilder();
    for (Status status : Arrays.asList(Status.FAIL, Status.WARN, Status.PASS)) {
      if (count[status.ordinal()] > 0) {
        text.append(text.length() == 0 ? "" : ", ");
        text.append(count[status.ordinal()]).append(' ').append(status);
      }
    }
    return text.toString();
  }

  private static String assemble(
      Map<String, Object> head, List<String> notes, List<String> checks) {
    String start = Json.write(head);
    StringBuilder out = new StringBuilder(start).deleteCharAt(start.length() - 1);
    out.append(",\"notes\":").append(Json.write(notes));
    out.append(",\"checks\":{").append(String.join(",", checks)).append("}}");
    return out.toString();
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Cut so that it takes no more bytes than these inside the quotes. */
  static String clip(String text, int bytes) {
    if (text.length() <= bytes && Json.bytes(text).length - 2 <= bytes) {
      return text;
    }
    int length = Math.min(text.length(), bytes);
    while (Json.bytes(text.substring(0, length)).length - 2 > bytes - 3) {
      length = Math.min(length - 1, length * 7 / 8);
    }
    return text.substring(0, length) + '…';
  }
}

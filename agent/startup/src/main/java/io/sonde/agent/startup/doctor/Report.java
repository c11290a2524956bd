// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was found out. One object feeds both forms, so that page and JSON cannot differ. */
public final class Report {

  /** A library that Sonde knows: its hooks go into it, or a verdict is about it. */
  static final class Library {
    final Coordinates what;
    final String where;
    final List<String> instrumentedBy = new ArrayList<>();

    /** Lines: why a class of it would stay as it is. */
    final List<String> refused = new ArrayList<>();

    final List<String> shaded = new ArrayList<>();
    String verified = "";

    Library(Coordinates what, String where) {
      this.what = what;
      this.where = where;
    }

    boolean isEmpty() {
      return instrumentedBy.isEmpty() && refused.isEmpty() && shaded.isEmpty();
    }
  }

  final String subject;
  final Map<String, String> jvm = new LinkedHashMap<>();
  final List<Library> libraries = new ArrayList<>();

  /** Of the libraries that Sonde does not know, {@code group:artifact version}. */
  final List<String> others = new ArrayList<>();

  final List<String> notSeen = new ArrayList<>();
  final List<String> agents = new ArrayList<>();
  final List<String> sonde = new ArrayList<>();
  final List<String> settings = new ArrayList<>();
  final List<Map<String, Object>> destinations = new ArrayList<>();
  final List<Map<String, Object>> findings = new ArrayList<>();

  public Report(String subject) {
    this.subject = Text.clean(subject);
  }

  public void jvm(String what, String value) {
    jvm.put(what, Text.clean(value));
  }

  /** A line about the Sonde that is in it. */
  public void sonde(String line) {
    sonde.add(Text.clean(line));
  }

  public void setting(String line) {
    settings.add(Text.clean(line));
  }

  /**
   * The round trip to one destination.
   *
   * @param address without secrets
   * @param trouble null when it answered well, or cannot answer
   */
  public void destination(
      String name, String address, String answer, long millis, @Nullable String trouble) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", name);
    row.put("address", Text.clean(address));
    row.put("ok", trouble == null);
    row.put("answer", Text.clean(trouble == null ? answer : trouble));
    row.put("millis", millis);
    destinations.add(row);
  }

  /**
   * Something that somebody should look at.
   *
   * @param remedy what to do about it
   */
  public void finding(String what, String remedy) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("finding", Text.clean(what));
    row.put("remedy", Text.clean(remedy));
    if (!findings.contains(row)) {
      findings.add(row);
    }
  }

  public boolean allWell() {
    return findings.isEmpty();
  }

  /** For {@link io.sonde.health.Json}. */
  public Map<String, Object> describe() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("subject", subject);
    page.put("jvm", jvm);
    List<Map<String, Object>> rows = new ArrayList<>();
    libraries.forEach(library -> rows.add(row(library)));
    page.put("libraries", rows);
    page.put("otherLibraries", others);
    page.put("notSeen", notSeen);
    page.put("sonde", sonde);
    page.put("otherAgents", agents);
    page.put("settings", settings);
    page.put("destinations", destinations);
    page.put("findings", findings);
    page.put("allWell", allWell());
    return page;
  }

  private static Map<String, Object> row(Library library) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("group", library.what.group);
    row.put("artifact", library.what.artifact);
    row.put("version", library.what.version);
    row.put("where", library.where);
    row.put("instrumentedBy", library.instrumentedBy);
    row.put("refused", library.refused);
    row.put("shaded", library.shaded);
    row.put("verified", library.verified);
    return row;
  }
}

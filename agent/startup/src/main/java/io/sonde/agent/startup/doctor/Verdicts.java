// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which versions were run on which JDKs, and what came out: {@code verdicts.tsv} of the
 * compatibility matrix, which COMPATIBILITY.md is generated from, too.
 */
final class Verdicts {

  private static final String RESOURCE = "META-INF/sonde/verdicts.tsv";

  /** What is made of an artifact that was not run itself, but is a part of one that was. */
  private static final String[][] PARTS = {
    {"tomcat-embed-core", "catalina", "tomcat-catalina", "tomcat-coyote"},
    {
      "netty-codec-http",
      "netty-all",
      "netty-codec-http2",
      "netty-codec-base",
      "netty-codec",
      "netty-transport",
      "netty-common",
      "netty-handler"
    },
    {"reactor-netty-http", "reactor-netty", "reactor-netty-core"},
    {"grpc-netty", "grpc-core", "grpc-netty-shaded", "grpc-okhttp", "grpc-stub", "grpc-api"},
    {"jersey-container-servlet", "jersey-server", "jersey-container-servlet-core"},
    {"mongodb-driver-sync", "mongodb-driver-core"},
    {"log4j-core", "log4j-api"},
    {"okhttp", "okhttp-jvm"},
    {"ucp", "ucp11", "ucp17"},
    // Run itself for RestClient only, which came with 6.1.
    {"spring-webmvc", "spring-web"},
  };

  private static final Map<String, String> WHOLE = new HashMap<>();

  static {
    for (String[] parts : PARTS) {
      for (String part : parts) {
        WHOLE.put(part, parts[0]);
      }
    }
  }

  /** How a version stands to those that were run. */
  static final class Verdict {
    final String text;

    /** Not null: what is wrong with it, for whoever runs it. */
    final @Nullable String doubt;

    private Verdict(String text, @Nullable String doubt) {
      this.text = text;
      this.doubt = doubt;
    }
  }

  private static final class Trials {
    final Set<Integer> passed = new TreeSet<>();
    final Set<Integer> failed = new TreeSet<>();
    final Set<String> reasons = new LinkedHashSet<>();
    final Set<String> lines = new HashSet<>();

    boolean pass() {
      return failed.isEmpty();
    }
  }

  private static final class Artifact {
    final Set<String> groups = new HashSet<>();
    final TreeMap<String, Trials> versions = new TreeMap<>(VersionOrder.INSTANCE);
  }

  private final Map<String, Artifact> artifacts = new HashMap<>();

  /** Those of this build. */
  static Verdicts ofThisBuild() {
    try (InputStream in = Verdicts.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("no " + RESOURCE);
      }
      return new Verdicts(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines of library, artifact, version, jdk, verdict, reason, with tabs between. */
  Verdicts(BufferedReader table) throws IOException {
    for (String line = table.readLine(); line != null; line = table.readLine()) {
      String[] row = line.split("\t", -1);
      int colon = row.length < 6 || line.startsWith("#") ? -1 : row[1].indexOf(':');
      if (colon > 0) {
        add(row[1].substring(0, colon), row[1].substring(colon + 1), row);
      }
    }
  }

  private void add(String group, String name, String[] row) {
    Artifact artifact = artifacts.computeIfAbsent(name, key -> new Artifact());
    artifact.groups.add(group);
    Trials trials = artifact.versions.computeIfAbsent(row[2], key -> new Trials());
    trials.lines.add(row[0]);
    if (row[4].equals("passes")) {
      trials.passed.add(Integer.valueOf(row[3]));
    } else {
      trials.failed.add(Integer.valueOf(row[3]));
      trials.reasons.add(row[5]);
    }
  }

  /** Null when nothing of this artifact was run, or its version is not known. */
  @Nullable Verdict of(Coordinates library) {
    String whole = WHOLE.getOrDefault(library.artifact, library.artifact);
    Artifact artifact = artifacts.get(whole);
    boolean another =
        artifact == null
            || library.group != null
                && whole.equals(library.artifact)
                && !artifact.groups.contains(library.group);
    return another || library.version == null ? null : of(library.version, artifact.versions);
  }

  private static Verdict of(String version, TreeMap<String, Trials> versions) {
    Map.Entry<String, Trials> below = versions.floorEntry(version);
    Map.Entry<String, Trials> above = versions.ceilingEntry(version);
    if (below != null && VersionOrder.INSTANCE.compare(below.getKey(), version) == 0) {
      return same(below.getKey(), below.getValue());
    }
    if (below == null) {
      String text = "older than the oldest verified, " + versions.firstKey();
      return new Verdict(text, text);
    }
    if (above == null) {
      String text = "newer than the newest verified, " + versions.lastKey();
      boolean near = VersionOrder.major(version) == VersionOrder.major(versions.lastKey());
      return new Verdict(text, near ? null : text);
    }
    return between(below, above);
  }

  private static Verdict same(String version, Trials trials) {
    if (trials.pass()) {
      return new Verdict("verified on " + list(trials.passed), null);
    }
    String text =
        (trials.passed.isEmpty() ? "" : "verified on " + list(trials.passed) + "; ")
            + "does not work on "
            + list(trials.failed)
            + ": "
            + String.join("; ", trials.reasons);
    return new Verdict(text, text);
  }

  private static Verdict between(Map.Entry<String, Trials> below, Map.Entry<String, Trials> above) {
    String text =
        "between "
            + below.getKey()
            + (below.getValue().pass() ? "" : " (does not work)")
            + " and "
            + above.getKey()
            + (above.getValue().pass() ? "" : " (does not work)");
    if (!below.getValue().pass() || !above.getValue().pass()) {
      return new Verdict(text, text);
    }
    // Tomcat 10.0 is no 9.0 and no 10.1; a library's own line is held to the same scenario.
    boolean oneLine = !Collections.disjoint(below.getValue().lines, above.getValue().lines);
    return new Verdict(text + ", both verified" + (oneLine ? "" : ", of different lines"), null);
  }

  private static String list(Set<Integer> jdks) {
    return Arrays.toString(jdks.toArray()).replaceAll("[\\[\\]]", "");
  }
}

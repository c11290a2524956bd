// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import io.sonde.agent.instrumentation.DryWeaver;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.agent.instrumentation.Instrumentations;
import io.sonde.agent.instrumentation.Weave;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What Sonde would do with an application's libraries, and what is known of their versions. */
public final class Examination {

  private static final List<String> SERVERS =
      Arrays.asList(
          "tomcat",
          "jetty",
          "undertow",
          "netty",
          "reactor-netty",
          "vertx",
          "grpc",
          "armeria",
          "grizzly",
          "helidon");

  private static final List<String> LOGGING =
      Arrays.asList("logback", "log4j2", "log4j1", "jboss-logmanager");

  private static final List<String> POOLS =
      Arrays.asList("hikari", "dbcp2", "tomcat-jdbc", "c3p0", "druid", "agroal", "ucp", "vibur");

  private static final int NEWEST_JAVA = 25;

  /** Of a class file: major version 52 is Java 8. */
  private static final int MAJOR_OF_JAVA_0 = 44;

  private final Archives archives;
  private final Report report;
  private final Predicate<String> enabled;
  private final Verdicts verdicts = Verdicts.ofThisBuild();
  private final DryWeaver weaver;
  private final Map<Archive, Report.Library> rows = new LinkedHashMap<>();
  private final Set<String> applied = new TreeSet<>();
  private final Set<String> undecided = new LinkedHashSet<>();

  private Examination(Archives archives, Report report, Predicate<String> enabled) {
    this.archives = archives;
    this.report = report;
    this.enabled = enabled;
    this.weaver = new DryWeaver(archives);
  }

  /**
   * @param enabled which instrumentations are, by name
   */
  public static void examine(Archives archives, Report report, Predicate<String> enabled) {
    new Examination(archives, report, enabled).run();
  }

  private void run() {
    for (Instrumentation instrumentation : Instrumentations.all()) {
      for (String type : instrumentation.types()) {
        weave(instrumentation, type);
      }
    }
    for (Archive archive : archives.all()) {
      library(archive);
    }
    boolean empty = archives.all().stream().allMatch(archive -> archive.classes == 0);
    if (empty && archives.problems().isEmpty()) {
      report.finding(
          "no class and no library was found", "give the files themselves: APP.jar, a folder");
    }
    archives
        .problems()
        .forEach(
            line -> report.finding(line, "look at that file; what is in it is not known here"));
    // Else it is a class that is never loaded.
    if (isWar()) {
      report.notSeen.addAll(undecided);
    }
    java();
    kinds();
  }

  private void weave(Instrumentation instrumentation, String type) {
    Archive archive = archives.having(type.replace('.', '/'));
    if (archive == null) {
      return;
    }
    Report.Library row =
        rows.computeIfAbsent(archive, key -> new Report.Library(key.coordinates(), key.where));
    String name = instrumentation.name();
    if (!enabled.test(name)) {
      add(row.instrumentedBy, name + " (switched off)");
      return;
    }
    byte[] classFile = read(type);
    if (classFile == null) {
      return;
    }
    Weave weave = weaver.weave(instrumentation, type, classFile, archive.where);
    if (weave.outcome() == Weave.Outcome.APPLIED) {
      add(row.instrumentedBy, name);
      applied.add(name);
    } else if (weave.outcome() != Weave.Outcome.UNTOUCHED) {
      refused(row, weave);
    }
  }

  private static void add(List<String> names, String name) {
    if (!names.contains(name)) {
      names.add(name);
    }
  }

  /** Null for what cannot be read, which is told elsewhere. */
  private byte @Nullable [] read(String type) {
    try {
      return archives.find(type.replace('.', '/'));
    } catch (IOException e) {
      return null;
    }
  }

  /** What a container brings is not in here: then nothing can be said. */
  private void refused(Report.Library row, Weave weave) {
    String reason = Text.clean(String.valueOf(weave.reason()));
    String lacking = lacking(reason);
    if (lacking != null) {
      undecided.add(
          weave.instrumentation()
              + " in "
              + row.what
              + ": not known, without "
              + lacking
              + ", which is not in here (a container's?)");
      return;
    }
    row.refused.add(weave.instrumentation() + ": " + weave.type() + ": " + reason);
    report.finding(
        row.what + ": " + weave.type() + " would not be instrumented: " + reason,
        "use a version that is verified (COMPATIBILITY.md), or instrumentation."
            + weave.instrumentation()
            + ".enabled=false if it is not wanted");
  }

  private @Nullable String lacking(String reason) {
    for (String name : weaver.notFound()) {
      if (reason.contains(name) && !archives.hasPackageOf(name)) {
        return name;
      }
    }
    return null;
  }

  private void library(Archive archive) {
    Coordinates what = archive.coordinates();
    Verdicts.Verdict verdict = verdicts.of(what);
    report.notSeen.addAll(Blind.of(what));
    for (Coordinates copy : archive.shaded()) {
      shaded(archive, copy);
    }
    Report.Library row = rows.get(archive);
    if (verdict == null && (row == null || row.isEmpty())) {
      if (archive.depth > 0 || archive.classes > 0) {
        report.others.add(what.toString());
      }
      return;
    }
    if (row == null) {
      row = new Report.Library(what, archive.where);
    }
    if (verdict != null) {
      row.verified = verdict.text;
      doubt(what, verdict);
    }
    report.libraries.add(row);
  }

  private void shaded(Archive archive, Coordinates copy) {
    report.notSeen.addAll(Blind.of(copy));
    Verdicts.Verdict verdict = verdicts.of(copy);
    if (verdict != null) {
      rows.computeIfAbsent(archive, key -> new Report.Library(key.coordinates(), key.where))
          .shaded
          .add(copy + ": " + verdict.text);
      doubt(copy, verdict);
    }
  }

  private void doubt(Coordinates what, Verdicts.Verdict verdict) {
    if (verdict.doubt != null) {
      report.finding(
          what + ": " + verdict.doubt, "see COMPATIBILITY.md; try it, or use a verified version");
    }
  }

  private void java() {
    int major = 0;
    for (Archive archive : archives.all()) {
      if (archive.depth == 0) {
        major = Math.max(major, archive.highestMajor);
      }
    }
    if (major == 0) {
      return;
    }
    int java = major - MAJOR_OF_JAVA_0;
    String built = archives.all().get(0).manifest.getValue("Build-Jdk-Spec");
    report.jvm(
        "needs Java",
        java + (built == null ? "" : ", built with " + built) + " (by its class files)");
    tooNew(report, java);
  }

  static void tooNew(Report report, int java) {
    if (java > NEWEST_JAVA) {
      report.finding(
          "Java " + java + " is newer than the newest that Sonde is verified on, " + NEWEST_JAVA,
          "try it apart from production, and look at /sonde/status there");
    }
  }

  private void kinds() {
    boolean war = isWar();
    Set<String> servers = of(SERVERS);
    if (archives.having("io/netty/handler/codec/http/HttpServerCodec") == null) {
      servers.remove("netty"); // of a driver
    }
    if (archives.all().stream().anyMatch(archive -> archive.namesJdkServer)) {
      servers.add("jdk-http-server");
    }
    report.jvm(
        "HTTP server",
        servers.isEmpty() ? war ? "its container's" : "none" : String.join(", ", servers));
    Set<String> logging = of(LOGGING);
    if (archives.having("org/apache/logging/log4j/core/Logger") == null) {
      logging.remove("log4j2"); // its interface, over another's backend
    }
    report.jvm(
        "logging", logging.isEmpty() ? "java.util.logging only" : String.join(", ", logging));
    Set<String> pools = of(POOLS);
    report.jvm(
        "connection pools", pools.isEmpty() ? "none that Sonde knows" : String.join(", ", pools));
    if (servers.isEmpty() && !war && applied.stream().noneMatch("servlet"::equals)) {
      report.finding(
          "no HTTP server that Sonde knows",
          "nothing to do for a batch; else see the table in README.md for what is seen");
    }
  }

  private boolean isWar() {
    return archives.all().stream().anyMatch(Archive::isWar);
  }

  private Set<String> of(List<String> names) {
    Set<String> found = new TreeSet<>(applied);
    found.retainAll(names);
    return found;
  }
}

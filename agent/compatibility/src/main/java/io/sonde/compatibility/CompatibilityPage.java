// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code COMPATIBILITY.md}: the verdicts for people. Has no date, so that it changes with them. */
final class CompatibilityPage {

  private static final String HEAD =
      """
      # Compatibility

      <!-- Generated: java -jar agent/compatibility/target/matrix.jar. Do not edit; see agent/compatibility/README.md. -->

      Each line was run: the shipped `sonde-agent.jar` in a JVM of its own, with the library's own jar from Maven's
      repositories and a small application on top of it, over real sockets. What a kind of library has to keep, on each JDK:

      - **HTTP servers**: a request is seen once with route, method and status; a 404; a handler that throws, and its
        exception; an asynchronous end; the caller's `b3` trace continued, `X-Request-ID` given back.
      - **HTTP clients**: one exchange a call with peer and status, also when nobody listens; `b3` and `X-Request-ID` reach
        the server called, the parent is right. What is built on Netty does not tell of a call that nobody answers.
      - **gRPC**: a call is one exchange on each side, in one trace; the method is the route, the code has its status.
      - **Connection pools**: `<name>:connections` in `/health` with active, idle and maximum; who holds a connection.
      - **Redis clients**, **MongoDB's driver**: `<name>:connections` in `/health`: state or active, idle and maximum; last
        success. Redis is a real one, MongoDB's server an imitation.
      - **Kafka clients**: the producer's connections and last success, the consumer's and its last poll, with a real broker.
      - **Logging**: ids in the MDC of the application's own lines; its events are shipped with them.
      - All: every class that is to be woven is woven, no advice fails, stderr holds nothing but Sonde's own lines.

      JDKs are HotSpot on Linux. One that a version does not run on by itself is not listed.
      """;

  private final List<Library> libraries;
  private final List<Verdict> verdicts;

  CompatibilityPage(List<Library> libraries, List<Verdict> verdicts) {
    this.libraries = libraries;
    this.verdicts = verdicts;
  }

  String text() {
    StringBuilder text = new StringBuilder(HEAD);
    for (Kind kind : Kind.values()) {
      List<Library> ofKind = libraries.stream().filter(each -> each.kind() == kind).toList();
      if (!ofKind.isEmpty()) {
        text.append("\n## %s\n\n".formatted(kind.heading()));
        text.append("| library | version | passes on JDK | does not |\n|---|---|---|---|\n");
        ofKind.forEach(library -> rows(library, text));
      }
    }
    return text.toString();
  }

  void write(Path file) {
    try {
      Files.writeString(file, text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void rows(Library library, StringBuilder text) {
    for (Library.Version version : library.versions()) {
      Map<String, List<Integer>> byReason = new LinkedHashMap<>();
      for (int jdk : version.jdks()) {
        Optional<Verdict> verdict = Verdicts.find(verdicts, new Trial(library, version, jdk));
        byReason
            .computeIfAbsent(
                verdict.map(Verdict::reason).orElse("not run yet"), key -> new ArrayList<>())
            .add(jdk);
      }
      List<Integer> passes = byReason.remove("");
      text.append(
          "| %s | %s | %s | %s |\n"
              .formatted(
                  title(library),
                  library.ofTheJdk() ? "of the JDK" : version.text(),
                  passes == null ? "" : list(passes),
                  byReason.entrySet().stream()
                      .map(each -> list(each.getValue()) + ": " + each.getKey())
                      .collect(Collectors.joining("; "))));
    }
  }

  private static String title(Library library) {
    return library.ofTheJdk()
        ? library.title()
        : library.title() + ", `" + library.artifact() + "`";
  }

  private static String list(List<Integer> jdks) {
    return jdks.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}

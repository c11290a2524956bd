// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.testkit.AgentProcess;
import io.sonde.testkit.Jdk;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One version of a library on one JDK. */
record Trial(Library library, Library.Version version, int jdk) {

  private static final String STARTS = "the application starts";
  private static final String OBSERVED = "Sonde says that it observes";
  private static final String STATUS = "/sonde/status answers";
  private static final String APPLIED = "every class that is to be woven is woven";
  private static final String FAILURES = "no advice fails";
  private static final String ENDS = "it ends as without the agent";
  private static final String STDERR = "stderr holds nothing but Sonde's lines";

  /** Of a JVM that got SIGTERM. */
  private static final int TERMINATED = 143;

  /** In the table's order. */
  static List<Trial> all(List<Library> libraries) {
    return libraries.stream()
        .flatMap(
            library ->
                library.versions().stream()
                    .flatMap(
                        version ->
                            version.jdks().stream().map(jdk -> new Trial(library, version, jdk))))
        .toList();
  }

  boolean inCut() {
    return version.cut().contains(jdk);
  }

  List<String> coordinates() {
    return library.coordinates(version);
  }

  /**
   * @param reason empty: it passes
   */
  Verdict verdict(String reason) {
    return new Verdict(library.name(), version.text(), jdk, reason);
  }

  /**
   * Forks the JVM and asks for all promises.
   *
   * @param jars of the library
   * @param classes of the scenario
   * @param port of the server that the kind needs; 0: none
   * @throws BrokenPromise for the first that does not hold
   * @throws NotRunnableException when it is not the agent's fault
   */
  void run(List<String> jars, Path classes, int port) {
    String[] arguments = {folder().toString(), String.valueOf(port)};
    String classpath =
        String.join(
            File.pathSeparator,
            Stream.concat(Stream.of(classes.toString()), jars.stream()).toList());
    try (ObservedApp app = new ObservedApp(library, Jdk.of(jdk), classpath, arguments)) {
      starts(app, classpath, arguments);
      try {
        library.kind().verify(app);
      } catch (BrokenPromise e) {
        throw betterReason(app, e);
      }
      BrokenPromise.unless(STATUS, app::status);
      refusesNothing(app);
      weavesAll(app);
      endsCleanly(app.process());
    }
  }

  private void starts(ObservedApp app, String classpath, String... arguments) {
    try {
      BrokenPromise.unless(STARTS, app::url);
      BrokenPromise.unless(OBSERVED, app::healthUrl);
    } catch (BrokenPromise e) {
      if (!app.startsWithoutAgent(Jdk.of(jdk), classpath, arguments)) {
        throw new NotRunnableException(this + " does not start without the agent either", e);
      }
      throw e;
    }
  }

  /** The first missing symbol, where there is one. */
  private static BrokenPromise betterReason(ObservedApp app, BrokenPromise broken) {
    try {
      refusesNothing(app);
    } catch (BrokenPromise refused) {
      refused.addSuppressed(broken);
      return refused;
    } catch (AssertionError | UncheckedIOException e) {
      broken.addSuppressed(e); // it is gone
    }
    return broken;
  }

  private static void refusesNothing(ObservedApp app) {
    List<String> refused = app.refused();
    if (!refused.isEmpty()) {
      throw new BrokenPromise("refused: " + refused.get(0), new AssertionError(refused));
    }
  }

  private void weavesAll(ObservedApp app) {
    BrokenPromise.unless(
        APPLIED,
        () -> {
          List<String> names = app.status().path("instrumentations").findValuesAsText("name");
          assertThat(names).containsAll(library.applied());
        });
    BrokenPromise.unless(
        FAILURES,
        () -> assertThat(app.status().path("self").path("adviceFailures").asLong(-1)).isZero());
  }

  private void endsCleanly(AgentProcess process) {
    BrokenPromise.unless(ENDS, () -> assertThat(process.stop()).isEqualTo(TERMINATED));
    BrokenPromise.unless(
        STDERR,
        () ->
            assertThat(process.stderrLines())
                .filteredOn(line -> !line.matches(library.stderr()))
                .allMatch(line -> line.startsWith("[sonde]")));
  }

  /** For what a server unpacks; the system's temporary folder is not ours to fill. */
  private Path folder() {
    try {
      return Files.createDirectories(
          Places.target()
              .resolve("run")
              .resolve(library.name() + "-" + version.text() + "-" + jdk));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "%s %s on JDK %d".formatted(library.name(), version.text(), jdk);
  }
}

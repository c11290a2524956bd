// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.testkit.Jdk;
import io.sonde.testkit.Requires;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The cut of {@code libraries.txt}: its verdicts are still those that are committed. */
class CompatibilityIT {

  private static final List<Library> LIBRARIES = LibraryTable.read(Places.libraries());
  private static final List<Verdict> COMMITTED = Verdicts.read(Places.verdicts());
  private static final Runner RUNNER = new Runner();

  @AfterAll
  static void stop() {
    RUNNER.close();
  }

  static List<Trial> cut() {
    return Trial.all(LIBRARIES).stream().filter(Trial::inCut).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cut")
  void isAsCommitted(Trial trial) {
    requires(trial, cut()); // one call of Maven for all, with the first

    assertThat(RUNNER.run(trial)).isEqualTo(Verdicts.find(COMMITTED, trial).orElse(null));
  }

  /** Sonde with a part switched off stands for a library that it does not fit. */
  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource({
    "jdk-http-server, request-id.respond=false, X-Request-ID is given back",
    "java-http-client, propagation.inject=request-id, b3 and X-Request-ID reach the server called",
    "logback, instrumentation.logback.enabled=false, ids stand in the application's own lines"
  })
  void namesThePromiseThatBroke(String name, String setting, String promise) {
    Library library = find(name).with("-Dsonde." + setting);
    Library.Version newest = library.versions().get(library.versions().size() - 1);
    Trial trial = new Trial(library, newest, 17);
    requires(trial, List.of(trial));

    assertThat(RUNNER.run(trial)).isEqualTo(trial.verdict(promise));
  }

  private static void requires(Trial trial, List<Trial> all) {
    Requires.part(Jdk.of(trial.jdk()).isPresent(), "JDK " + trial.jdk() + ": run .ci/install");
    Set<String> missing = RUNNER.prepare(all);
    Requires.part(RUNNER.canRun(trial), missing.toString());
  }

  private static Library find(String name) {
    return LIBRARIES.stream()
        .filter(library -> library.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}

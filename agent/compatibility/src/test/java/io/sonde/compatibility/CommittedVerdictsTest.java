// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is committed fits together: no line without a run, no page that was edited by hand. */
class CommittedVerdictsTest {

  private static final String HOW =
      "run: java -jar agent/compatibility/target/matrix.jar --only NAME --write";

  private final List<Library> libraries = LibraryTable.read(Places.libraries());
  private final List<Verdict> verdicts = Verdicts.read(Places.verdicts());

  @Test
  void eachVersionHasItsVerdicts() {
    assertThat(Trial.all(libraries))
        .as(HOW)
        .allSatisfy(trial -> assertThat(Verdicts.find(verdicts, trial)).isPresent());
    assertThat(verdicts)
        .as("none of what is no longer in libraries.txt")
        .hasSameSizeAs(Trial.all(libraries));
  }

  @Test
  void thePageSaysWhatTheVerdictsSay() throws IOException {
    assertThat(Files.readString(Places.page()))
        .as(HOW)
        .isEqualTo(new CompatibilityPage(libraries, verdicts).text());
  }
}

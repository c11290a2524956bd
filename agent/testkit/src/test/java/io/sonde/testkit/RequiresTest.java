// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class RequiresTest {

  @Test
  void failsUnderContinuousIntegration() {
    assertThatThrownBy(() -> Requires.part(false, "Consul", true))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessage("missing: Consul");
  }

  @Test
  void skipsElsewhereWithTheReason() {
    assertThatThrownBy(() -> Requires.part(false, "Consul", false))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("missing: Consul");
  }

  @Test
  void goesOnWithAPartThatIsThere() {
    assertThatCode(() -> Requires.part(true, "Consul", true)).doesNotThrowAnyException();
  }
}

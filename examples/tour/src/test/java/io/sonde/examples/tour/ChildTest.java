// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {

  @TempDir private Path folder;

  @Test
  void showsTheEndOfItsLogWhenItDoesNotComeUp() {
    try (Children children = new Children(folder)) {
      Child child = children.start("stock", List.of("-jar", "no-such.jar"), "");
      child.awaitEnd(Duration.ofSeconds(20));

      assertThatThrownBy(child::mayStillComeUp)
          .isInstanceOf(DemoFailure.class)
          .hasMessageContaining("stock has ended with exit code 1")
          .hasMessageContaining("Unable to access jarfile no-such.jar");
    }
  }

  @Test
  void doesNotStartOnceAllIsStopped() {
    Children children = new Children(folder);
    children.close();

    assertThatThrownBy(() -> children.start("stock", List.of("-version"), ""))
        .isInstanceOf(DemoFailure.class);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

class JdkTest {

  @TempDir Path folder;

  @Test
  void findsTheOneThatRunsTheBuild() {
    Jdk jdk = Jdk.of(17);

    assertThat(jdk.isPresent()).isTrue();
    assertThat(Jdk.versionAt(jdk.home())).contains(17);
  }

  @ParameterizedTest
  @AllJdks
  void isWhatItSays(Jdk jdk) {
    assertThat(Jdk.versionAt(jdk.home())).contains(jdk.version());
  }

  @Test
  void asksTheJdkThatHasNoReleaseFile() throws IOException {
    program("java");
    program("javac");

    assertThat(folder.resolve("release")).doesNotExist();
    assertThat(Jdk.versionAt(folder)).contains(17);
  }

  @Test
  void readsBothWaysOfNumbering() throws IOException {
    program("java");
    program("javac");

    Files.writeString(folder.resolve("release"), "SOURCE=\"\"\nJAVA_VERSION=\"1.8.0_504\"\n");
    assertThat(Jdk.versionAt(folder)).contains(8);

    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"25\"\n");
    assertThat(Jdk.versionAt(folder)).contains(25);
  }

  @Test
  void takesNoRuntimeWithoutCompiler() throws IOException {
    program("java");

    assertThat(Jdk.versionAt(folder)).isEmpty();
  }

  @Test
  void tellsWhatToDoAboutAMissingOne() {
    Jdk missing = Jdk.of(7);

    assertThat(missing.isPresent()).isFalse();
    assertThatThrownBy(missing::home).hasMessageContaining("JDK 7").hasMessageContaining(".ci/");
  }

  /** Calls the real one: a copy would not find its libraries. */
  private void program(String name) throws IOException {
    Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\nexec '" + Jdk.of(17).bin(name) + "' \"$@\"\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}

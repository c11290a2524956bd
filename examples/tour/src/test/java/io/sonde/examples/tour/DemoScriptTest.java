// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code examples/demo} says before it builds or starts anything. */
class DemoScriptTest {

  @Test
  void tellsHowItIsUsed() throws Exception {
    assertThat(run(Map.of(), "--help")).startsWith("0: Usage: examples/demo");
  }

  @Test
  void refusesWhatItDoesNotUnderstand() throws Exception {
    assertThat(run(Map.of(), "--kepe")).startsWith("1: ").contains("demo: not understood: --kepe");
  }

  @Test
  void refusesTrafficWithoutAnEnd() throws Exception {
    assertThat(run(Map.of(), "--seconds", "many")).contains("demo: --seconds many: not in 1..3600");
  }

  @Test
  void saysThatJavaIsMissing() throws Exception {
    assertThat(run(Map.of("JAVA_HOME", "/nowhere")))
        .isEqualTo(
            "1: demo: no Java: install a JDK 17 or newer, or set JAVA_HOME (now: '/nowhere')");
  }

  @Test
  void saysThatJavaIsTooOld(@TempDir Path folder) throws Exception {
    Path java = folder.resolve("bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho '    java.specification.version = 1.8' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();

    assertThat(run(Map.of("JAVA_HOME", folder.toString())))
        .isEqualTo("1: demo: " + java + " is Java 8: 17 or newer is needed; set JAVA_HOME");
  }

  private static String run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.add(0, DemoRun.root().resolve("examples/demo").toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + ": " + said.strip();
  }
}

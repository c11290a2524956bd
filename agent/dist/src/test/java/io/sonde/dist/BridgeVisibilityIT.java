// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.testkit.AgentProcess;
import io.sonde.testkit.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Advice copied into any class finds the bridge, and the bridge costs the application nothing. */
class BridgeVisibilityIT {

  @TempDir Path folder;

  /** Felix as it comes: no boot delegation beyond {@code java.*}. */
  @ParameterizedTest
  @ValueSource(ints = {8, 17})
  void isSeenFromAnOsgiBundle(int version) {
    try (AgentProcess host =
        Apps.launch(Jdk.of(version), "osgi")
            .agent("health.port=0")
            .main(
                "com.example.OsgiHost",
                Apps.file("lookup/bundle.jar").toString(),
                folder.resolve("cache").toString())
            .start()) {
      assertThat(host.exitCode(LIMIT)).isZero();

      assertThat(host.stdoutLines())
          .singleElement()
          .asString()
          .matches("bridge seen by BundleClassLoader.* from null");
    }
  }

  @Test
  void isSeenFromAJBossModule() {
    try (AgentProcess host =
        Apps.launch(Jdk.of(17), "jboss")
            .agent("health.port=0")
            .main(
                "org.jboss.modules.Main",
                "-mp",
                Apps.file("jboss/modules").toString(),
                "com.example.lookup")
            .start()) {
      assertThat(host.exitCode(LIMIT)).isZero();

      assertThat(host.stdoutLines()).containsExactly("bridge seen by ModuleClassLoader from null");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 17})
  void needsNoTemporaryFile(int version) throws IOException {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));

    try (ObservedService shop =
        ObservedService.start(
            Apps.plain(Jdk.of(version)).systemProperty("java.io.tmpdir", temporary.toString()))) {
      shop.get("/hello");
      shop.awaitAccess("/hello");

      try (Stream<Path> files = Files.list(temporary)) {
        assertThat(files).isEmpty();
      }
    }
  }

  /** Appending to the boot class path would switch the archive off, with a warning. */
  @Test
  void keepsTheApplicationsSharedArchive() {
    Path archive = folder.resolve("app.jsa");
    String application = Apps.file("lookup/bundle.jar").toString();
    try (AgentProcess dump =
        AgentProcess.on(Jdk.of(17))
            .noAgent()
            .jvm("-XX:ArchiveClassesAtExit=" + archive)
            .classpath(application)
            .main("com.example.Lookup")
            .start()) {
      assertThat(dump.exitCode(LIMIT)).isZero();
      assertThat(archive).exists();
    }

    try (AgentProcess app =
        AgentProcess.on(Jdk.of(17))
            .agent("health.port=0")
            .jvm("-Xshare:auto", "-XX:SharedArchiveFile=" + archive, "-Xlog:class+load")
            .classpath(application)
            .main("com.example.Lookup")
            .start()) {
      assertThat(app.exitCode(LIMIT)).isZero();

      assertThat(app.stdoutLines())
          .anyMatch(line -> line.contains("com.example.Lookup source: shared objects file (top)"))
          .contains("bridge seen by AppClassLoader from null");
      assertThat(List.of(app.stdoutLines(), app.stderrLines()))
          .allSatisfy(
              lines -> assertThat(lines).noneMatch(line -> line.contains("Sharing is only")));
    }
  }
}

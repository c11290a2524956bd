// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.testkit.AgentJar;
import io.sonde.testkit.AgentProcess;
import io.sonde.testkit.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the file that users download. */
class AgentJarIT {

  private static final long MAX_BYTES = 14L << 20;

  private static JarFile jar;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(AgentJar.path().toFile());
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void isSmallEnoughForAnImageLayer() throws IOException {
    assertThat(Files.size(AgentJar.path())).isLessThanOrEqualTo(MAX_BYTES);
  }

  @Test
  void holdsNoClassTwice() {
    List<String> classes =
        names().stream()
            .filter(name -> name.endsWith(".class") || name.endsWith(".sonde"))
            .map(name -> name.replaceFirst("^(bridge|isolated)/", "").replaceFirst("\\.\\w+$", ""))
            .toList();

    assertThat(classes).doesNotHaveDuplicates().hasSizeGreaterThan(1_000);
    assertThat(names()).doesNotHaveDuplicates();
  }

  @Test
  void showsTheApplicationNothingButPremain() {
    assertThat(names())
        .allMatch(
            name ->
                name.startsWith("io/sonde/premain/")
                    || name.startsWith("META-INF/")
                    || name.startsWith("bridge/")
                    || name.startsWith("isolated/"));
    assertThat(names().stream().filter(name -> name.endsWith(".class")))
        .allMatch(name -> name.startsWith("io/sonde/premain/"));
    assertThat(names().stream().filter(name -> name.startsWith("META-INF/")))
        .allMatch(name -> name.matches("META-INF/(MANIFEST\\.MF|LICENSE.*|NOTICE.*)"));
  }

  /** A loader that finds {@code .class} files anywhere in a jar must not find these. */
  @Test
  void keepsItsClassesUnderAnEndingThatNoOtherLoaderReads() {
    assertThat(names().stream().filter(name -> name.startsWith("bridge/")))
        .containsExactlyInAnyOrder("bridge/SondeBridge.sonde", "bridge/BridgeDefiner.sonde");
    assertThat(names())
        .contains(
            "isolated/io/sonde/agent/startup/Startup.sonde",
            "isolated/net/bytebuddy/ByteBuddy.sonde")
        .noneMatch(name -> name.startsWith("isolated/io/sonde/premain/"))
        .noneMatch(name -> name.contains("java/lang/SondeBridge"));
  }

  @Test
  void saysWhatTheJvmMustKnow() throws IOException {
    Attributes manifest = jar.getManifest().getMainAttributes();

    assertThat(manifest.getValue("Premain-Class")).isEqualTo("io.sonde.premain.Premain");
    assertThat(manifest.getValue("Agent-Class")).isEqualTo("io.sonde.premain.Premain");
    assertThat(manifest.getValue("Main-Class")).isEqualTo("io.sonde.premain.Premain");
    assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
    assertThat(manifest.getValue("Can-Redefine-Classes")).isEqualTo("true");
    assertThat(manifest.getValue("Boot-Class-Path")).isNull();
    assertThat(manifest.getValue("Implementation-Version")).isEqualTo("0.1.0");
  }

  @Test
  void carriesItsLicences() throws IOException {
    assertThat(text("META-INF/LICENSE")).contains("Apache License");
    assertThat(names()).anyMatch(name -> name.startsWith("META-INF/NOTICE"));
  }

  @Test
  void runsOnJava8() throws IOException {
    for (String name : names()) {
      if (name.endsWith(".class") || name.endsWith(".sonde")) {
        byte[] head = jar.getInputStream(jar.getEntry(name)).readNBytes(8);
        // The advice for java.net.http and Javalin 7 is copied into classes of 11 and later only.
        boolean later = name.contains("/javahttpclient/") || name.contains("/Javalin7Advice");
        int limit = later ? 55 : 52;
        assertThat((int) head[7]).as("class file version of " + name).isLessThanOrEqualTo(limit);
      }
    }
  }

  @Test
  void answersOnTheCommandLine() {
    assertThat(run(0, "version").stdoutLines()).containsExactly("sonde-agent 0.1.0");
    assertThat(run(0, "help").stdoutLines())
        .anyMatch(line -> line.contains("-javaagent:sonde-agent.jar"))
        .anyMatch(line -> line.contains("statsd.host"));
    assertThat(run(0).stdoutLines()).isNotEmpty();

    AgentProcess unknown = run(2, "nonsense");
    assertThat(unknown.stdoutLines()).isEmpty();
    assertThat(unknown.stderrLines())
        .anyMatch(line -> line.contains("nonsense"))
        .anyMatch(line -> line.contains("usage:"));
  }

  private static AgentProcess run(int code, String... arguments) {
    try (AgentProcess command =
        AgentProcess.on(Jdk.of(17)).noAgent().jar(AgentJar.path(), arguments).start()) {
      assertThat(command.exitCode(Duration.ofSeconds(20))).isEqualTo(code);
      return command;
    }
  }

  private static String text(String name) throws IOException {
    return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes());
  }

  private static List<String> names() {
    return jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
  }
}

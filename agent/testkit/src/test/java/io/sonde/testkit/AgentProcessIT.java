// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

class AgentProcessIT {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Says what it sees, then does what its first argument says. */
  private static final String MAIN =
      """
      public class Main {
        public static void main(String[] args) throws Exception {
          Runtime.getRuntime().addShutdownHook(new Thread() {
            public void run() {
              System.out.println("hook ran");
            }
          });
          System.out.println("on " + System.getProperty("java.specification.version"));
          System.out.println("property " + System.getProperty("some.key"));
          System.out.println("variable " + System.getenv("SOME_KEY"));
          System.out.println("sonde " + System.getenv("SONDE_STATSD_HOST"));
          System.out.println("max " + Runtime.getRuntime().maxMemory() / (1 << 20));
          System.err.println("to stderr");
          if (args[0].equals("stay")) {
            Thread.sleep(600000);
          }
          System.exit(Integer.parseInt(args[0]));
        }

        public static void premain(String argument) {
          System.out.println("agent got " + argument);
        }
      }
      """;

  @TempDir static Path classes;

  @BeforeAll
  static void compile() throws IOException {
    Path source = Files.writeString(classes.resolve("Main.java"), MAIN);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-Xlint:-options", "--release", "8", source.toString());
    assertThat(result).isZero();
  }

  @ParameterizedTest
  @AllJdks
  void runsOnEveryJdk(Jdk jdk) {
    try (AgentProcess app = on(jdk).main("Main", "3").start()) {
      assertThat(app.exitCode(LIMIT)).isEqualTo(3);

      String version = jdk.version() == 8 ? "1.8" : String.valueOf(jdk.version());
      assertThat(app.stdoutLines()).startsWith("on " + version).endsWith("hook ran");
      assertThat(app.stderrLines()).containsExactly("to stderr");
    }
  }

  @Test
  void passesPropertiesVariablesAndFlags() {
    try (AgentProcess app =
        on(Jdk.of(17))
            .systemProperty("some.key", "a b")
            .env("SOME_KEY", "c")
            .env("SONDE_STATSD_HOST", "127.0.0.1")
            .jvm("-Xmx64m", "-XX:+UseSerialGC")
            .main("Main", "0")
            .start()) {
      assertThat(app.exitCode(LIMIT)).isZero();

      assertThat(app.stdoutLines())
          .contains("property a b", "variable c", "sonde 127.0.0.1")
          .containsAnyOf("max 61", "max 62", "max 63", "max 64");
    }
  }

  @Test
  void seesNoSettingOfTheTestsEnvironment() {
    assertThat(System.getenv("SONDE_STATSD_HOST")).isEqualTo("not-for-children");
    try (AgentProcess app = on(Jdk.of(17)).main("Main", "0").start()) {
      assertThat(app.exitCode(LIMIT)).isZero();

      assertThat(app.stdoutLines()).contains("sonde null");
    }
  }

  @Test
  void startsTheAgentWithItsArgument() throws IOException {
    System.setProperty("sonde.agent.jar", agentJar().toString());
    try (AgentProcess app = on(Jdk.of(17)).agent("key=a b,other=c").main("Main", "0").start()) {
      assertThat(app.exitCode(LIMIT)).isZero();

      assertThat(app.stdoutLines()).startsWith("agent got key=a b,other=c", "on 17");
    } finally {
      System.clearProperty("sonde.agent.jar");
    }
  }

  @Test
  void stopsInGoodOrder() {
    try (AgentProcess app = on(Jdk.of(17)).main("Main", "stay").start()) {
      assertThat(app.awaitStdout("max", LIMIT)).startsWith("max ");

      assertThat(app.stop()).isEqualTo(143);
      assertThat(app.stdoutLines()).endsWith("hook ran");
    }
  }

  @Test
  void killsWithoutHooks() {
    try (AgentProcess app = on(Jdk.of(17)).main("Main", "stay").start()) {
      app.awaitStdout("max", LIMIT);

      app.kill();

      assertThat(app.exitCode(LIMIT)).isEqualTo(137);
      assertThat(app.stdoutLines()).doesNotContain("hook ran");
    }
  }

  @Test
  void isGoneWhenClosed() {
    AgentProcess app = on(Jdk.of(17)).main("Main", "stay").start();
    ProcessHandle process = ProcessHandle.of(app.pid()).orElseThrow();

    app.close();

    assertThat(process.isAlive()).isFalse();
    assertThat(app.isAlive()).isFalse();
  }

  @Test
  void showsTheOutputWhenTheLineDoesNotCome() {
    try (AgentProcess app = on(Jdk.of(17)).main("Main", "0").start()) {
      assertThatThrownBy(() -> app.awaitStdout("never said", LIMIT))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("never said")
          .hasMessageContaining("on 17")
          .hasMessageContaining("to stderr");
    }
  }

  @Test
  void failsWhenItStillRuns() {
    try (AgentProcess app = on(Jdk.of(17)).main("Main", "stay").start()) {
      assertThatThrownBy(() -> app.exitCode(Duration.ofMillis(50)))
          .hasMessageContaining("still running");
    }
  }

  private static Path agentJar() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", "Main");
    Path jar = classes.resolve("agent.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry("Main.class"));
      Files.copy(classes.resolve("Main.class"), out);
    }
    return jar;
  }

  private static AgentProcess.Launch on(Jdk jdk) {
    return AgentProcess.on(jdk).noAgent().classpath(classes);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.core.Appender;
import io.sonde.health.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Marker;

/** Archives as they are shipped, with real libraries in them, and such as nobody should ship. */
class ExaminationTest {

  private static final Path LOGBACK = TestArchive.jarOf(Logger.class);
  private static final List<Path> LIBRARIES =
      Arrays.asList(LOGBACK, TestArchive.jarOf(Appender.class), TestArchive.jarOf(Marker.class));
  private static final String POOL = "com.zaxxer.hikari.pool.HikariPool";

  @TempDir Path folder;

  @Test
  void looksIntoAnExecutableJarOfSpringBoot() throws IOException {
    Path app =
        TestArchive.make()
            .manifest("Main-Class: org.x.Launcher", "Build-Jdk-Spec: 17")
            .type("BOOT-INF/classes/", "com.example.Main")
            .with("BOOT-INF/lib/", LIBRARIES)
            .in(folder, "shop.jar");

    Report report = examine(app);

    Report.Library logback = library(report, "logback-classic");
    assertThat(logback.where).isEqualTo(app + "!/BOOT-INF/lib/" + LOGBACK.getFileName());
    assertThat(logback.what.group).isEqualTo("ch.qos.logback");
    assertThat(logback.what.version).matches("1\\.3\\..*");
    assertThat(logback.instrumentedBy).containsExactly("logback");
    assertThat(logback.refused).isEmpty();
    assertThat(logback.verified).containsPattern("verified on 8|both verified");
    assertThat(report.jvm.get("needs Java")).contains("built with 17");
    assertThat(report.jvm.get("logging")).isEqualTo("logback");
    assertThat(findings(report)).containsExactly("no HTTP server that Sonde knows");
  }

  @Test
  void aWarsServerIsItsContainers() throws IOException {
    Path war =
        TestArchive.make()
            .type("WEB-INF/classes/", "com.example.Servlet")
            .with("WEB-INF/lib/", LIBRARIES)
            .in(folder, "shop.war");

    Report report = examine(war);

    assertThat(library(report, "logback-classic").where).contains("shop.war!/WEB-INF/lib/");
    assertThat(report.jvm.get("HTTP server")).isEqualTo("its container's");
    assertThat(findings(report)).isEmpty();
    assertThat(page(report)).endsWith("all well");
  }

  /** Logback without slf4j stands for Spring MVC without the servlet API. */
  @Test
  void claimsNothingOfWhatAContainerBrings() throws IOException {
    Path war = TestArchive.make().with("WEB-INF/lib/", LOGBACK).in(folder, "shop.war");

    Report report = examine(war);

    assertThat(library(report, "logback-classic").instrumentedBy).isEmpty();
    assertThat(report.notSeen)
        .anyMatch(
            line -> line.matches("logback in .*: not known, without \\S+, which is not in .*"));
    assertThat(findings(report)).isEmpty();
  }

  @Test
  void looksIntoTheModulesOfAnEar() throws IOException {
    byte[] war = TestArchive.make().with("WEB-INF/lib/", LIBRARIES).bytes();
    Path ear = TestArchive.make().with("web.war", war).in(folder, "shop.ear");

    assertThat(library(examine(ear), "logback-classic").where)
        .startsWith(ear + "!/web.war!/WEB-INF/lib/");
  }

  @Test
  void followsTheManifestsClassPath() throws IOException {
    copyLibraries();
    Path app =
        TestArchive.make()
            .manifest("Class-Path: " + classPath() + " lib/absent.jar")
            .in(folder, "app.jar");

    Report report = examine(app);

    assertThat(library(report, "logback-classic").instrumentedBy).containsExactly("logback");
    assertThat(report.findings).hasSize(1);
  }

  @Test
  void looksIntoAFolderOfJars() throws IOException {
    copyLibraries();

    assertThat(library(examine(folder), "logback-classic").instrumentedBy).contains("logback");
  }

  @Test
  void namesWhatAShadedJarHasCopiesOf() throws IOException {
    Path shaded =
        TestArchive.make()
            .pom("com.example", "shop", "3.1")
            .pom("com.zaxxer", "HikariCP", "2.3.13")
            .pom("io.netty", "netty-codec-http", "4.1.100.Final")
            .in(folder, "shop-3.1.jar");

    Report report = examine(shaded);

    Report.Library shop = library(report, "shop");
    assertThat(shop.what.version).isEqualTo("3.1");
    assertThat(shop.shaded)
        .hasSize(2)
        .anyMatch(line -> line.startsWith("com.zaxxer:HikariCP 2.3.13: does not work on 8"))
        .contains(
            "io.netty:netty-codec-http 4.1.100.Final: between 4.1.53.Final and 4.1.140.Final, both"
                + " verified");
    assertThat(findings(report))
        .anyMatch(line -> line.startsWith("com.zaxxer:HikariCP 2.3.13: does not work on 8"));
  }

  @Test
  void takesNoCopyForTheLibraryItself() throws IOException {
    assertThat(pomOfHikariIn("pool.jar")).isEqualTo("HikariCP 5.1.0");
    assertThat(pomOfHikariIn("HikariCP-5.1.0-jre.jar")).isEqualTo("HikariCP 5.1.0");
    assertThat(pomOfHikariIn("driver-2.3.jar")).isEqualTo("driver 2.3");
  }

  private String pomOfHikariIn(String name) throws IOException {
    TestArchive jar = TestArchive.make().pom("com.zaxxer", "HikariCP", "5.1.0").type("", POOL);
    Coordinates what = examine(jar.in(folder, name)).libraries.get(0).what;
    return what.artifact + " " + what.version;
  }

  @Test
  void namesAJarWithoutPomByItsManifest() throws IOException {
    Path tomcat =
        TestArchive.make()
            .manifest("Implementation-Title: Apache Tomcat", "Implementation-Version: 9.0.124")
            .type("", "a.B")
            .in(folder, "catalina.jar");

    assertThat(library(examine(tomcat), "catalina").verified)
        .isEqualTo("verified on 8, 11, 17, 21, 25");
  }

  @Test
  void tellsWhatTheWeaverWouldMiss() throws IOException {
    byte[] pool = TestArchive.make().pom("com.zaxxer", "HikariCP", "9.9").type("", POOL).bytes();
    Path app =
        TestArchive.make().with("BOOT-INF/lib/HikariCP-9.9.jar", pool).in(folder, "shop.jar");

    Report report = examine(app);

    Report.Library hikari = library(report, "HikariCP");
    assertThat(hikari.instrumentedBy).isEmpty();
    assertThat(hikari.refused)
        .anyMatch(line -> line.startsWith("hikari: " + POOL + ": no method of " + POOL));
    assertThat(findings(report))
        .anyMatch(line -> line.contains(POOL + " would not be instrumented: no method of"))
        .anyMatch(line -> line.contains("9.9: newer than the newest verified, 7"));
  }

  @Test
  void whatIsSwitchedOffIsNotExamined() throws IOException {
    Path app = TestArchive.make().type("", POOL).in(folder, "shop.jar");

    Report report = new Report(app.toString());
    try (Archives archives = new Archives()) {
      archives.add(app.toFile());
      Examination.examine(archives, report, name -> !name.equals("hikari"));
    }

    assertThat(library(report, "shop").instrumentedBy).containsExactly("hikari (switched off)");
    assertThat(library(report, "shop").refused).isEmpty();
  }

  @Test
  void seesTheServerOfTheJdk() throws IOException {
    Path app =
        TestArchive.make()
            .with("A.class", "\u00ca\u00fe com/sun/net/httpserver/HttpServer")
            .in(folder, "app.jar");

    assertThat(examine(app).jvm.get("HTTP server")).isEqualTo("jdk-http-server");
  }

  @Test
  void tellsAJavaThatIsTooNew() throws IOException {
    byte[] future = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 44 + 27};
    Path app =
        TestArchive.make()
            .with("com/example/Main.class", future)
            .with("META-INF/versions/99/com/example/Main.class", new byte[] {1})
            .in(folder, "app.jar");

    Report report = examine(app);

    assertThat(report.jvm.get("needs Java")).startsWith("27");
    assertThat(findings(report)).anyMatch(line -> line.startsWith("Java 27 is newer"));
  }

  @Test
  void tellsWhatSondeDoesNotSee() throws IOException {
    Path app =
        TestArchive.make()
            .with("lib/r2dbc-pool-1.0.2.jar", TestArchive.make().type("", "a.B").bytes())
            .in(folder, "app.jar");

    assertThat(examine(app).notSeen).containsExactly("r2dbc-pool 1.0.2: its connection pool");
  }

  @Test
  void stopsAtAnArchiveThatUnpacksForEver() throws IOException {
    byte[] zeros = new byte[20 << 20];
    Path bomb =
        TestArchive.make()
            .with("lib/bomb.jar", TestArchive.make().with("a/Zeros.class", zeros).bytes())
            .in(folder, "bomb.jar");
    assertThat(Files.size(bomb)).isLessThan(100_000);

    Report report = new Report("bomb");
    try (Archives archives = new Archives(5 << 20)) {
      archives.add(bomb.toFile());
      Examination.examine(archives, report, name -> true);
    }

    assertThat(findings(report)).anyMatch(line -> line.contains("unpacks to more than 5 MB"));
  }

  @Test
  void doesNotFollowJarsInJarsForEver() throws IOException {
    byte[] inner = TestArchive.make().with("lib/", LOGBACK).bytes();
    for (int i = 0; i < 5; i++) {
      inner = TestArchive.make().with("lib/inner.jar", inner).bytes();
    }
    Path app = TestArchive.make().with("lib/inner.jar", inner).in(folder, "deep.jar");

    assertThat(findings(examine(app))).anyMatch(line -> line.endsWith("too deep inside; not read"));
  }

  @Test
  void anEmptyFolderIsAFinding() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));

    assertThat(findings(examine(empty)))
        .containsExactly("no class and no library was found", "no HTTP server that Sonde knows");
  }

  @Test
  void survivesWhatIsNoArchive() throws IOException {
    Path garbage = Files.write(folder.resolve("garbage.jar"), new byte[] {1, 2, 3});
    Path app =
        TestArchive.make()
            .with("lib/broken.jar", Arrays.copyOf(TestArchive.make().type("", "a.B").bytes(), 60))
            .with("META-INF/MANIFEST.MF", "\u0001 : ::\n")
            .with("META-INF/maven/a/b/pom.properties", "artifactId=\\uXXXX")
            .in(folder, "app.jar");

    assertThat(findings(examine(garbage)))
        .anyMatch(line -> line.contains("not all of it was read"));
    assertThat(findings(examine(app)))
        .anyMatch(line -> line.contains("lib/broken.jar: not all of it was read"));
  }

  @Test
  void noNameReachesTheTerminalAsACommand() throws IOException {
    String evil = "HikariCP\u001b[2J\u202e\n";
    byte[] jar = TestArchive.make().pom("com.zaxxer", evil, "1\u0007").type("", POOL).bytes();
    Path app = TestArchive.make().with("lib/\u001b]0;x\u0007.jar", jar).in(folder, "app.jar");

    Report report = examine(app);

    assertThat(page(report).replace("\n", "")).doesNotContainPattern("[\\p{Cntrl}\u202e]");
    assertThat(Json.write(report.describe())).doesNotContain("\u202e").doesNotContain("u001b");
  }

  @Test
  void noLineIsWiderThanAPage() throws IOException {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      name.append("very-long-");
    }
    byte[] jar = TestArchive.make().type("", POOL).bytes();
    Path app = TestArchive.make().with("lib/" + name + "1.jar", jar).in(folder, "app.jar");

    assertThat(Arrays.asList(page(examine(app)).split("\n")))
        .allMatch(line -> line.length() <= 120)
        .last()
        .isEqualTo("2 findings");
  }

  private void copyLibraries() throws IOException {
    Files.createDirectories(folder.resolve("lib"));
    for (Path library : LIBRARIES) {
      Files.copy(library, folder.resolve("lib").resolve(library.getFileName()));
    }
  }

  /** Lines of a manifest end after 72 bytes. */
  private static String classPath() {
    return LIBRARIES.stream()
        .map(library -> "lib/" + library.getFileName())
        .collect(Collectors.joining("\n  "));
  }

  private static Report examine(Path path) throws IOException {
    Report report = new Report(path.toString());
    try (Archives archives = new Archives()) {
      archives.add(path.toFile());
      Examination.examine(archives, report, name -> true);
    }
    return report;
  }

  private static Report.Library library(Report report, String artifact) {
    return report.libraries.stream()
        .filter(library -> library.what.artifact.equals(artifact))
        .findFirst()
        .orElseThrow(() -> new AssertionError(Json.write(report.describe())));
  }

  private static List<String> findings(Report report) {
    return report.findings.stream()
        .map(row -> row.get("finding").toString())
        .collect(Collectors.toList());
  }

  private static String page(Report report) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Page.print(report, new PrintStream(out, true, "UTF-8"));
      return out.toString("UTF-8").trim();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

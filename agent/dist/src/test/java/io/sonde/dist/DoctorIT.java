// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sonde.testkit.AgentJar;
import io.sonde.testkit.AgentProcess;
import io.sonde.testkit.FreePort;
import io.sonde.testkit.Jdk;
import io.sonde.testkit.Zipkin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code java -jar sonde-agent.jar doctor}, as it is shipped, on services of Spring Boot. */
class DoctorIT {

  private static final String BOOT_3 =
      Path.of("spring-boot3", "target", "spring-boot3.jar").toAbsolutePath().toString();

  @ParameterizedTest(name = "Java {0}")
  @ValueSource(ints = {8, 17, 25})
  void looksIntoAJarWithoutRunningIt(int java) {
    AgentProcess doctor = doctor(java, 0, BOOT_3);

    assertThat(doctor.stderrLines()).isEmpty();
    assertThat(doctor.stdoutLines())
        .contains("Sonde's doctor on " + BOOT_3)
        .anyMatch(line -> line.matches(" +needs Java +17.*"))
        .anyMatch(line -> line.matches(" +HTTP server +tomcat"))
        .anyMatch(
            line -> line.matches(" +spring-webmvc +6\\.\\S+ +spring-mvc +(verified|between).*"))
        .anyMatch(line -> line.matches(" +tomcat-embed-core +10\\.1\\.\\d+ +tomcat, servlet +.*"))
        .anyMatch(line -> line.matches(" +logback-classic +1\\.5\\.\\d+ +logback +.*"))
        .allMatch(line -> line.length() <= 120)
        .endsWith("all well");
  }

  @Test
  void asksAJvmThatRunsWithoutSonde() throws IOException {
    try (AgentProcess service = Apps.springBoot(Jdk.of(8), 2).noAgent().start()) {
      service.awaitStdout("listening on", LIMIT);
      List<String> before = service.stdoutLines();

      JsonNode report = json(doctor(8, 0, String.valueOf(service.pid()), "--json").stdoutLines());

      assertThat(report.path("jvm").path("Java").asText()).startsWith("1.8.0");
      assertThat(report.path("jvm").path("HTTP server").asText()).isEqualTo("tomcat");
      assertThat(names(report, "tomcat-embed-core")).contains("tomcat");
      assertThat(names(report, "spring-webmvc")).containsExactly("spring-mvc");
      assertThat(report.path("sonde").get(0).asText()).startsWith("not attached");
      assertThat(report.path("findings")).isEmpty();
      assertThat(service.stderrLines()).isEmpty();
      assertThat(service.stdoutLines()).isEqualTo(before);
    }
  }

  @Test
  void asksTheSondeInAJvmAndVisitsItsDestinations() {
    try (Zipkin zipkin = Zipkin.start();
        ObservedService service =
            ObservedService.start(
                Apps.springBoot(Jdk.of(17), 3), "zipkin.endpoint=" + zipkin.endpoint())) {
      service.get("/users/1");
      String pid = String.valueOf(service.process().pid());

      List<String> well = doctor(25, 0, pid).stdoutLines();

      String health = service.healthUrl();
      assertThat(well)
          .contains("  attached, " + health)
          .anyMatch(line -> line.matches("  applied: .*spring-mvc.*tomcat.*"))
          .anyMatch(line -> line.matches("  console\\.token=\\*\\*\\* \\(argument\\)"))
          .anyMatch(line -> line.matches("  statsd udp .* ms +sent; UDP does not answer.*"))
          .anyMatch(line -> line.matches("  logstash .* ms +accepts"))
          .anyMatch(line -> line.matches("  zipkin .* ms +takes spans"))
          .endsWith("all well");
      assertThat(service.statsd().badLines()).isEmpty();

      int closed = FreePort.find();
      assertThat(
              doctor(17, 1, pid, "logs.logstash=127.0.0.1:" + closed, "nonsense=1").stdoutLines())
          .anyMatch(line -> line.contains("logstash 127.0.0.1:" + closed + ": Connection refused"))
          .anyMatch(line -> line.contains("nonsense (argument): unknown, ignored"))
          .endsWith("2 findings");
    }
  }

  /** As it is installed by itself; here the folders, and another program for Tomcat's. */
  @Test
  void looksIntoTomcatsFolders(@TempDir Path home) throws IOException {
    Path tomcat = home.resolve("lib/catalina.jar");
    Files.writeString(home.resolve("sonde.conf"), "logs.mdc=false");
    Path app = home.resolve("webapps/shop/WEB-INF/lib");
    Files.createDirectories(tomcat.getParent());
    Files.createDirectories(app);
    Files.copy(library("tomcat-embed-core"), tomcat);
    for (String name : List.of("logback-classic", "logback-core", "slf4j-api")) {
      Files.copy(library(name), app.resolve(name + ".jar"));
    }
    try (AgentProcess service =
        Apps.plain(Jdk.of(17))
            .noAgent()
            .env(
                "JAVA_TOOL_OPTIONS",
                "-javaagent:" + AgentJar.path() + "=health.port=0,config=sonde.conf")
            .directory(home)
            .systemProperty("catalina.home", home.toString())
            .start()) {
      String health = ObservedService.healthUrl(service);

      JsonNode report = json(doctor(17, 0, String.valueOf(service.pid()), "--json").stdoutLines());

      assertThat(report.path("sonde").get(0).asText())
          .isEqualTo(
              "attached, " + health + "; /sonde/status asks for a token that is not known here");
      assertThat(report.path("settings").toString()).contains("logs.mdc=false (file ");
      assertThat(names(report, "catalina")).contains("tomcat");
      assertThat(names(report, "logback-classic")).containsExactly("logback");
      assertThat(report.path("jvm").path("HTTP server").asText())
          .isEqualTo("jdk-http-server, tomcat");
    }
  }

  private static Path library(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(Apps.file("tomcat/lib"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void saysInOneLineWhyAProcessCannotBeAsked() throws Exception {
    Process sleep = new ProcessBuilder("sleep", "60").start();
    try (AgentProcess closed =
            Apps.plain(Jdk.of(17)).noAgent().jvm("-XX:+DisableAttachMechanism").start();
        AgentProcess stopped = Apps.plain(Jdk.of(8)).noAgent().start()) {
      closed.awaitStdout("listening on", LIMIT);
      stopped.awaitStdout("listening on", LIMIT);
      signal("STOP", stopped.pid());

      assertThat(refusal(sleep.pid())).contains("is not a JVM");
      assertThat(refusal(closed.pid())).contains("-XX:+DisableAttachMechanism");
      assertThat(refusal(stopped.pid())).contains("is stopped");
      signal("CONT", stopped.pid());
      assertThat(refusalWithoutAttachModule(stopped.pid())).contains("has no attach module");

      assertThat(sleep.isAlive()).isTrue();
      assertThat(closed.stdoutLines()).as("no dump of its threads").hasSize(1);
      sleep.destroy();
      sleep.waitFor();
      assertThat(refusal(sleep.pid())).contains("no process " + sleep.pid());
    } finally {
      sleep.destroy();
    }
  }

  @Test
  void wrongUseIsTold() {
    assertThat(doctor(17, 2).stderrLines()).anyMatch(line -> line.startsWith("usage:"));
    assertThat(doctor(17, 1, "/nowhere/app.jar").stderrLines())
        .containsExactly("sonde-agent: /nowhere/app.jar: no such file, folder or process id");
  }

  private static String refusal(long pid) {
    AgentProcess doctor = doctor(17, 1, String.valueOf(pid));
    assertThat(doctor.stdoutLines()).isEmpty();
    assertThat(doctor.stderrLines()).hasSize(1);
    return doctor.stderrLines().get(0);
  }

  private static String refusalWithoutAttachModule(long pid) {
    try (AgentProcess doctor =
        AgentProcess.on(Jdk.of(17))
            .noAgent()
            .jvm("--limit-modules=java.se")
            .jar(AgentJar.path(), "doctor", String.valueOf(pid))
            .start()) {
      assertThat(doctor.exitCode(LIMIT)).isEqualTo(1);
      assertThat(doctor.stderrLines()).hasSize(1);
      return doctor.stderrLines().get(0);
    }
  }

  private static void signal(String name, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor())
        .isZero();
  }

  private static List<String> names(JsonNode report, String artifact) {
    List<String> names = new ArrayList<>();
    for (JsonNode library : report.path("libraries")) {
      if (library.path("artifact").asText().equals(artifact)) {
        library.path("instrumentedBy").forEach(name -> names.add(name.asText()));
      }
    }
    return names;
  }

  private static JsonNode json(List<String> lines) throws IOException {
    assertThat(lines).hasSize(1);
    return new ObjectMapper().readTree(lines.get(0));
  }

  private static AgentProcess doctor(int java, int code, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "doctor";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    try (AgentProcess doctor =
        AgentProcess.on(Jdk.of(java)).noAgent().jar(AgentJar.path(), all).start()) {
      assertThat(doctor.exitCode(LIMIT))
          .as(() -> String.join("\n", doctor.stdoutLines()) + doctor.stderrLines())
          .isEqualTo(code);
      return doctor;
    }
  }
}

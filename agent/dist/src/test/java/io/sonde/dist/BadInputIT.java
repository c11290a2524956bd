// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.testkit.AgentJar;
import io.sonde.testkit.AgentProcess;
import io.sonde.testkit.Http;
import io.sonde.testkit.Jdk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever Sonde is told, the application starts and serves, and one line says what was wrong. */
class BadInputIT {

  @TempDir Path folder;

  @Test
  void saysWhatIsWrongInALineEach() {
    String argument =
        "health.port=0,statsd.port=99999,statsd.hots=127.0.0.1,logs.access=some,sampling.rate=2"
            + ",config=/not/there.properties,log.file=/not/there/sonde.log,garbage,=,"
            + ",instrumentation.tomcat.enabled=maybe,overhead.max=0.5"
            + ",logs.elasticsearch=https://me:hunter2@host,logs.lumberjack=host"
            + ",logs.logstash.balance=fair,logs.tls.keystore=/not/there.p12"
            + ",statsd.host=127.0.0.1,statsd.tags=team:a,instrumentation.tomcatt.enabled=false";
    try (AgentProcess app = Apps.plain(Jdk.of(17)).agent(argument).start()) {
      assertServes(app);

      ObservedService.healthUrl(app);
      assertThat(app.stderrLines())
          .allMatch(line -> line.startsWith("[sonde] "))
          .anyMatch(
              line ->
                  line.contains("statsd.port=99999")
                      && line.contains("1..65535")
                      && line.contains("using 8125"))
          .anyMatch(line -> line.contains("statsd.hots") && line.contains("nearest is statsd.host"))
          .anyMatch(line -> line.contains("logs.access=some") && line.contains("all, errors, off"))
          .anyMatch(line -> line.contains("sampling.rate=2") && line.contains("using 1.0"))
          .anyMatch(line -> line.contains("config=/not/there.properties"))
          .anyMatch(
              line -> line.contains("log.file=/not/there/sonde.log") && line.contains("stderr"))
          .anyMatch(line -> line.contains("garbage") && line.contains("not key=value"))
          .anyMatch(line -> line.contains("instrumentation.tomcat.enabled=maybe"))
          .anyMatch(
              line ->
                  line.contains("logs.elasticsearch: a user does not belong in the URL")
                      && line.contains("nothing is sent"))
          .anyMatch(line -> line.contains("logs.lumberjack=host: not host:port"))
          .anyMatch(line -> line.contains("balance=fair") && line.contains("round-robin"))
          .anyMatch(line -> line.contains("logs.tls.keystore is of no use without logs.tls=true"))
          .anyMatch(line -> line.startsWith("[sonde] statsd.tags: ") && line.contains("etsy"))
          .anyMatch(line -> line.contains("tomcatt") && line.endsWith("nearest is tomcat"))
          .noneMatch(line -> line.contains("hunter2"))
          .anyMatch(line -> line.contains("overhead.max") && line.contains("does nothing"));
    }
  }

  @Test
  void sendsNothingToDestinationsThatAreNotThere() throws IOException {
    int nobody = closedPort();
    String argument =
        "health.port=0,statsd.host=no.such.host.invalid,statsd.interval=200ms"
            + ",zipkin.endpoint=http://127.0.0.1:%1$d/api/v2/spans,logs.logstash=127.0.0.1:%1$d"
                .formatted(nobody)
            + ",logs.file="
            + "/proc/sonde.json";
    try (AgentProcess app = Apps.plain(Jdk.of(17)).agent(argument).start()) {
      String url = assertServes(app);
      String health = ObservedService.healthUrl(app);
      for (int i = 0; i < 50; i++) {
        assertThat(Http.get(url + "/hello").status()).isEqualTo(200);
      }

      assertThat(Http.get(health).status()).isEqualTo(200);
      long began = System.nanoTime();
      assertThat(app.stop()).isEqualTo(143);
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isLessThan(4_000);
      assertThat(app.stderrLines())
          .allMatch(line -> line.startsWith("[sonde] "))
          .hasSizeLessThan(20)
          .last()
          .asString()
          .contains("dropped (");
    }
  }

  @Test
  void takesTheNextPortWhenItsOwnIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        AgentProcess app =
            Apps.plain(Jdk.of(17)).agent("health.port=" + taken.getLocalPort()).start()) {
      assertServes(app);

      String url = ObservedService.healthUrl(app);
      assertThat(url).doesNotContain(":" + taken.getLocalPort() + "/");
      assertThat(Http.get(url).status()).isEqualTo(200);
      assertThat(app.stderrLines())
          .anyMatch(line -> line.contains(String.valueOf(taken.getLocalPort())));
    }
  }

  @Test
  void takesNoPortWhenItMustNotBeAnother() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        AgentProcess app =
            Apps.plain(Jdk.of(17))
                .agent("health.port.strict=true,health.port=" + taken.getLocalPort())
                .start()) {
      assertServes(app);

      assertThat(app.awaitStderr("observes", LIMIT)).endsWith("no /health");
      assertThat(app.stderrLines())
          .anyMatch(
              line ->
                  line.contains("health:") && line.contains(String.valueOf(taken.getLocalPort())));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"argument", "property", "environment"})
  void installsNothingWhenSwitchedOff(String where) {
    AgentProcess.Launch launch = Apps.plain(Jdk.of(17)).agent("statsd.host=127.0.0.1");
    switch (where) {
      case "argument" -> launch.agent("enabled=false,statsd.host=127.0.0.1");
      case "property" -> launch.systemProperty("sonde.enabled", "false");
      default -> launch.env("SONDE_ENABLED", "FALSE");
    }
    try (AgentProcess app = launch.start()) {
      String url = assertServes(app);

      assertThat(Http.get(url + "/threads").body()).doesNotContain("sonde");
      assertThat(Http.get(url + "/internals").body()).contains("bridge absent");
      assertThat(app.stop()).isEqualTo(143);
      assertThat(app.stderrLines()).isEmpty();
    }
  }

  @Test
  void isNotSwitchedOffByWhatStandsInAValue() {
    try (AgentProcess app =
        Apps.plain(Jdk.of(17)).agent("health.port=0,service.name=a\\,enabled=false").start()) {
      assertServes(app);

      assertThat(app.awaitStderr("observes", LIMIT)).contains("observes a,enabled=false (");
    }
  }

  @Test
  void attachesOnceWhenGivenTwice() {
    try (AgentProcess app =
        Apps.plain(Jdk.of(17))
            .jvm("-javaagent:" + AgentJar.path() + "=health.port=0")
            .agent("health.port=0")
            .start()) {
      assertServes(app);

      ObservedService.healthUrl(app);
      assertThat(app.stderrLines())
          .filteredOn(line -> line.contains("already attached"))
          .hasSize(1);
      assertThat(app.stderrLines()).filteredOn(line -> line.contains("observes")).hasSize(1);
    }
  }

  @Test
  void tellsTwoServicesOfOneHostApart() {
    int first = 20_000 + (int) (ProcessHandle.current().pid() % 10_000);
    try (AgentProcess one = Apps.plain(Jdk.of(17)).agent("health.port=" + first).start();
        AgentProcess two = Apps.plain(Jdk.of(17)).agent("health.port=" + first).start()) {
      assertServes(one);
      assertServes(two);

      assertThat(ObservedService.healthUrl(one)).isNotEqualTo(ObservedService.healthUrl(two));
      assertThat(instance(one)).isNotEqualTo(instance(two));
    }
  }

  /** {@code JAVA_TOOL_OPTIONS} reaches them too; scripts read their output. */
  @ParameterizedTest
  @ValueSource(strings = {"keytool -help", "jcmd -l", "javac -version", "jps"})
  void leavesTheJdksToolsAlone(String command) throws Exception {
    for (int version : new int[] {8, 17}) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.set(0, Jdk.of(version).bin(words.get(0)).toString());
      ProcessBuilder tool = new ProcessBuilder(words).redirectErrorStream(true);
      tool.environment().put("JAVA_TOOL_OPTIONS", "-javaagent:" + AgentJar.path());
      Process process = tool.start();
      String output = new String(process.getInputStream().readAllBytes());

      assertThat(process.waitFor()).as(output).isZero();
      assertThat(output).doesNotContain("[sonde]").contains("Picked up JAVA_TOOL_OPTIONS");
    }
  }

  @Test
  void readsAllKindsOfSettings() throws IOException {
    Path file = Files.writeString(folder.resolve("sonde.properties"), "sonde.service.version=7\n");
    try (AgentProcess app =
        Apps.plain(Jdk.of(17))
            .agent("health.port=0,config=" + file)
            .systemProperty("sonde.service.name", "from-property")
            .env("SONDE_SERVICE_INSTANCE", "from-environment")
            .start()) {
      assertServes(app);

      assertThat(app.awaitStderr("observes", LIMIT)).contains("from-property (from-environment)");
      assertThat(Http.get(ObservedService.healthUrl(app)).json().path("version").asText())
          .isEqualTo("7");
    }
  }

  private static String assertServes(AgentProcess app) {
    String line = app.awaitStdout("listening on", LIMIT);
    String url = "http://127.0.0.1:" + line.substring(line.lastIndexOf(' ') + 1);
    assertThat(Http.get(url + "/hello").body()).isEqualTo("hello");
    return url;
  }

  /** In brackets of the start-up line. */
  private static String instance(AgentProcess app) {
    String line = app.awaitStderr("observes", LIMIT);
    return line.substring(line.indexOf('(') + 1, line.indexOf(')'));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.AgentProcess;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.Http;
import io.sonde.testkit.Jdk;
import io.sonde.testkit.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Both connections of the pool are held: whose health endpoint still answers? */
class SideBySideIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern HEALTH = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/health");
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
  private static final int HELD_SECONDS = 9;
  private static final int CONNECTION_TIMEOUT_MILLIS = 3_000;
  private static final long PROMISED_MICROS = 5_000;

  @Test
  void sondeAnswersWhileActuatorWaitsForThePool() {
    try (Postgres postgres = Postgres.start();
        AgentProcess app = start(postgres)) {
      String url = "http://127.0.0.1:" + find(PORT, app.awaitStdout("started on port", LIMIT), 1);
      String health = find(HEALTH, app.awaitStderr("/health", LIMIT), 0);
      assertThat(Http.get(url + "/actuator/health").status()).isEqualTo(200);
      warmUp(health);
      hold(url);
      hold(url);
      Eventually.passes(LIMIT, () -> assertThat(pool(health).path("active").asInt()).isEqualTo(2));

      long asked = System.nanoTime();
      CompletableFuture<Http.Response> actuator =
          CompletableFuture.supplyAsync(() -> Http.get(url + "/actuator/health"));
      long[] micros = askWhile(actuator, health);
      Http.Response waited = actuator.join();
      long actuatorMillis = Duration.ofNanos(System.nanoTime() - asked).toMillis();

      assertThat(waited.status()).as("what Actuator says in the end").isEqualTo(503);
      assertThat(actuatorMillis).isGreaterThanOrEqualTo(CONNECTION_TIMEOUT_MILLIS - 50);
      assertThat(micros.length).as("answers of Sonde meanwhile").isGreaterThan(20);
      assertThat(micros[micros.length / 2])
          .as("median of Sonde's answers in µs, of %s", Arrays.toString(micros))
          .isLessThan(PROMISED_MICROS);
      System.out.println(
          "pool exhausted: Actuator answered after "
              + actuatorMillis
              + " ms, Sonde after "
              + micros[micros.length / 2]
              + " µs (median of "
              + micros.length
              + ")");
    }
  }

  private static AgentProcess start(Postgres postgres) {
    return AgentProcess.on(Jdk.of(17))
        .agent("service.name=held,health.port=0")
        .jvm("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
        .jar(
            Path.of("target/actuator.jar").toAbsolutePath(),
            "--spring.datasource.url=" + postgres.jdbcUrl())
        .start();
  }

  /** Nobody waits for the end of it: the service goes first. */
  private static void hold(String url) {
    CompletableFuture.runAsync(() -> Http.get(url + "/hold/" + HELD_SECONDS));
  }

  private static JsonNode pool(String health) {
    return Http.get(health + "/pool/orders-db").json().path("checks").elements().next().path(0);
  }

  private static void warmUp(String health) {
    for (int i = 0; i < 200; i++) {
      Http.get(health);
    }
  }

  /** Sorted. */
  private static long[] askWhile(CompletableFuture<?> actuator, String health) {
    return LongStream.generate(() -> ask(health))
        .takeWhile(micros -> !actuator.isDone())
        .limit(1_000)
        .sorted()
        .toArray();
  }

  private static long ask(String health) {
    long start = System.nanoTime();
    assertThat(Http.get(health).status()).isEqualTo(200);
    long micros = (System.nanoTime() - start) / 1_000;
    pause();
    return micros;
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String find(Pattern pattern, String line, int group) {
    Matcher matcher = pattern.matcher(line);
    assertThat(matcher.find()).as(line).isTrue();
    return matcher.group(group);
  }
}

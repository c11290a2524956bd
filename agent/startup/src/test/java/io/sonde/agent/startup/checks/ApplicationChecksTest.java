// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.CheckTable;
import io.sonde.agent.recording.RegisteredChecks;
import io.sonde.health.CheckResult;
import io.sonde.health.Health;
import io.sonde.health.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApplicationChecksTest {

  private final Health health = new Health();
  private final CheckTable table = new CheckTable();
  private final ApplicationChecks checks = new ApplicationChecks(health, table);
  private final List<Supplier<?>> held = new ArrayList<>();

  @BeforeEach
  void start() {
    health.add("threads:deadlock", () -> CheckResult.of("threads:deadlock").build());
    health.start(body -> new Thread(body, "health"));
  }

  @AfterEach
  void stop() {
    health.close();
  }

  @Test
  void servesACheckOfTheApplication() {
    register("orders:queue", answer("orders:queue", "fail", 17, false));
    checks.results();

    await(() -> health.report().status() == Status.FAIL);
    assertThat(health.report().check("orders:queue").json())
        .contains("\"observedValue\":17", "\"output\":\"why\"", "\"oldest\":3");
    assertThat(health.live().status()).isEqualTo(Status.PASS);
  }

  @Test
  void believesACheckThatOnlyARestartHelps() {
    register("loop:alive", answer("loop:alive", "fail", 1, true));
    checks.results();

    await(() -> health.live().status() == Status.FAIL);
  }

  @Test
  void takesAwayWhatIsRegisteredNoMore() {
    Supplier<?> check = register("orders:queue", answer("orders:queue", "warn", 1, false));
    checks.results();
    await(() -> health.report().status() == Status.WARN);

    RegisteredChecks.remove(table, check);
    checks.results();

    assertThat(health.report().status()).isEqualTo(Status.PASS);
    assertThat(health.contains("orders:queue")).isFalse();
  }

  @Test
  void doesNotLetTheApplicationReplaceAnOwnCheck() {
    register("threads:deadlock", answer("threads:mine", "warn", 1, false));
    checks.results();

    await(() -> health.report().check("threads:mine") != null);
    assertThat(health.report().check("threads:deadlock").json())
        .contains("\"status\":\"pass\"")
        .doesNotContain("\"status\":\"warn\"");
    assertThat(health.report().check("threads:deadlock-2")).isNotNull();
  }

  @Test
  void warnsOfACheckThatThrowsOrAnswersNonsense() {
    register(
        "broken",
        () -> {
          throw new NoClassDefFoundError("secret");
        });
    register("nonsense", () -> "nonsense");
    checks.results();

    await(
        () -> health.report().check("broken") != null && health.report().check("nonsense") != null);
    assertThat(health.report().check("broken").status()).isEqualTo(Status.WARN);
    assertThat(health.report().check("nonsense").status()).isEqualTo(Status.WARN);
    assertThat(health.report().json()).doesNotContain("secret");
  }

  @Test
  void warnsWhenThereAreTooMany() {
    for (int i = 0; i < 65; i++) {
      register("check " + i, answer("check " + i, "pass", i, false));
    }

    assertThat(checks.results())
        .singleElement()
        .satisfies(result -> assertThat(result.status()).isEqualTo(Status.WARN))
        .satisfies(result -> assertThat(result.observedValue()).isEqualTo(1L));
  }

  private Supplier<?> register(String name, Supplier<?> check) {
    held.add(check);
    RegisteredChecks.add(table, name, check);
    return check;
  }

  private static Supplier<?> answer(String key, String status, int value, boolean liveness) {
    Map<String, Object> result =
        Map.of("status", status, "observedValue", value, "output", "why", "oldest", 3);
    return () -> List.of(Map.of("key", key, "liveness", liveness, "result", result));
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not within 10 s").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final AtomicLong nanoTime = new AtomicLong();
  private final Health health = new Health(nanoTime::get);
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final ThreadFactory factory =
      body -> {
        Thread thread = new Thread(body, "health");
        threads.add(thread);
        return thread;
      };

  @AfterEach
  void stop() {
    health.close();
  }

  @Test
  void theWorstCheckIsTheStatus() {
    health.add("a", result("a", Status.PASS));
    health.add("b", result("b", Status.FAIL));
    health.add("c", result("c", Status.WARN));
    health.tick();

    assertThat(health.report().status()).isEqualTo(Status.FAIL);

    health.remove("b");

    assertThat(health.report().status()).isEqualTo(Status.WARN);
  }

  @Test
  void aResultIsTheSameAfterItsWayThroughAMap() {
    CheckResult result =
        CheckResult.pool("orders")
            .componentId("own/orders")
            .status(Status.FAIL)
            .observed(3.5, "jobs")
            .output("why")
            .with("list", List.of(1, "two"))
            .build();

    assertThat(CheckResult.of(result.key(), result.toMap())).hasToString(result.toString());
    assertThat(CheckResult.of("a", Map.of("status", "UP")).status()).isEqualTo(Status.WARN);
  }

  @Test
  void anExportedCheckAnswersInTypesOfTheJdkAndNeverThrows() {
    RegisteredCheck fine = new RegisteredCheck("a", result("a", Status.PASS));
    RegisteredCheck broken =
        new RegisteredCheck(
            "b",
            () -> {
              throw new NoClassDefFoundError("secret");
            });

    assertThat(fine.get())
        .containsExactly(Map.of("key", "a", "liveness", false, "result", Map.of("status", "pass")));
    assertThat(broken.get().get(0).get("result"))
        .isEqualTo(Map.of("status", "warn", "output", "java.lang.NoClassDefFoundError"));
  }

  @Test
  void anExportedCheckIsNotAskedByTwo() {
    AtomicInteger calls = new AtomicInteger();
    RegisteredCheck check =
        new RegisteredCheck(
            "a", () -> CheckResult.of("a").observed(calls.incrementAndGet(), "").build());
    check.answered(check.ask());

    check.get();
    check.get();

    assertThat(calls).hasValue(1);
  }

  @Test
  void aNumberOfAForeignTypeIsNotKept() {
    Object foreign = new OwnNumber();

    assertThat(CheckResult.of("a").observed(foreign, "x").build().observedValue()).isEqualTo(7.0);
  }

  private static final class OwnNumber extends Number {
    private static final long serialVersionUID = 1;

    @Override
    public int intValue() {
      return 7;
    }

    @Override
    public long longValue() {
      return 7;
    }

    @Override
    public float floatValue() {
      return 7;
    }

    @Override
    public double doubleValue() {
      return 7;
    }
  }

  @Test
  void aCheckThatThrowsIsAWarningWithItsClassOnly() {
    health.add("fine", result("fine", Status.PASS));
    health.add(
        "broken",
        () -> {
          throw new NoClassDefFoundError("secret");
        });
    health.add("null", () -> null);
    health.tick();

    assertThat(health.report().status()).isEqualTo(Status.WARN);
    assertThat(health.report().json())
        .contains("java.lang.NoClassDefFoundError", "answered null", "fine")
        .doesNotContain("secret");
  }

  @Test
  void everyChangeOfAStatusIsToldOnceWithItsNumbers() {
    List<String> told = new ArrayList<>();
    health.onChange(
        (now, before) -> {
          told.add(before + " " + now.status() + " " + now.key() + " " + now.observedValue());
          throw new IllegalStateException("the listener's own affair");
        });
    List<CheckResult> results = new ArrayList<>();
    health.add("pools", results(results));
    health.tick();

    results.add(pool("a", Status.WARN, 7));
    results.add(pool("b", Status.PASS, 1));
    health.tick();
    health.tick();
    results.set(0, pool("a", Status.FAIL, 8));
    results.set(1, pool("b", Status.WARN, 2));
    health.tick();
    results.remove(0);
    results.set(0, pool("b", Status.PASS, 3));
    health.tick();
    health.tick();

    assertThat(told)
        .containsExactly(
            "pass warn a:connections 7",
            "warn fail a:connections 8",
            "pass warn b:connections 2",
            "warn pass b:connections 3",
            "fail pass a:connections null");
  }

  @Test
  void twoResultsOfOneNameAreOneStatus() {
    List<String> told = new ArrayList<>();
    health.onChange((now, before) -> told.add(before + " " + now.status()));
    health.add("pools", results(List.of(pool("a", Status.WARN, 1), pool("a", Status.PASS, 1))));

    health.tick();
    health.tick();

    assertThat(told).containsExactly("pass warn");
    assertThat(health.statuses()).isEqualTo(Map.of("a:connections", Status.WARN));
  }

  private static CheckResult pool(String name, Status status, int active) {
    return CheckResult.pool(name).status(status).observed(active, "connections").build();
  }

  private static HealthCheck results(List<CheckResult> results) {
    return new HealthCheck() {
      @Override
      public CheckResult check() {
        throw new UnsupportedOperationException();
      }

      @Override
      public List<CheckResult> results() {
        return results;
      }
    };
  }

  @Test
  void aCheckThatRecoversIsFineAgain() {
    AtomicInteger calls = new AtomicInteger();
    health.add("shaky", () -> result("shaky", check(calls)).check());
    health.tick();
    assertThat(health.report().status()).isEqualTo(Status.WARN);
    health.tick();

    assertThat(health.report().status()).isEqualTo(Status.PASS);
  }

  @Test
  void aNewCheckIsAskedAtOnceAndTheOthersAreNot() {
    AtomicInteger asked = new AtomicInteger();
    health.add(
        "first", () -> CheckResult.of("first").observed(asked.incrementAndGet(), "times").build());
    health.start(factory);
    await(() -> health.report().check("first") != null);

    health.add("second", result("second", Status.PASS));

    await(() -> health.report().check("second") != null);
    assertThat(asked).hasValue(1);
  }

  @Test
  void asksAgainAtEveryTick() {
    Health ticking = new Health();
    AtomicInteger asked = new AtomicInteger();
    ticking.add("a", () -> CheckResult.of("a").observed(asked.incrementAndGet(), "times").build());

    ticking.start(factory);

    await(() -> asked.get() >= 2);
    ticking.close();
    await(() -> threads.stream().noneMatch(Thread::isAlive));
  }

  @Test
  void restsOnlyWhileAllPassAreSettledAndItIsQuiet() {
    AtomicBoolean quiet = new AtomicBoolean(true);
    AtomicReference<Status> status = new AtomicReference<>(Status.PASS);
    AtomicLong percent = new AtomicLong();
    Hysteresis hysteresis = Hysteresis.warnAbove(90, 80).build();
    health.add("a", () -> CheckResult.of("a").status(status.get()).build());
    health.add(
        "heap", new JvmChecks.HeapAfterGc(hysteresis, () -> maxHeap(percent.get()), nanoTime::get));

    assertThat(health.tick()).as("nobody has said that it may").isFalse();
    health.restWhen(quiet::get);
    assertThat(health.tick()).isTrue();

    quiet.set(false);
    assertThat(health.tick()).as("something goes on").isFalse();
    quiet.set(true);

    status.set(Status.WARN);
    assertThat(health.tick()).as("a warning").isFalse();
    status.set(Status.PASS);

    percent.set(95);
    assertThat(health.tick()).as("passes, but the first bad tick is counted").isFalse();
    assertThat(health.report().status()).isEqualTo(Status.PASS);
    percent.set(10);
    assertThat(health.tick()).isTrue();
  }

  private static long maxHeap(long percent) {
    return Runtime.getRuntime().maxMemory() / 100 * percent;
  }

  @Test
  void asksEvery5SecondsWhileItRests() throws InterruptedException {
    Health resting = new Health();
    AtomicInteger asked = new AtomicInteger();
    resting.restWhen(() -> true);
    resting.add("a", () -> CheckResult.of("a").observed(asked.incrementAndGet(), "times").build());
    resting.start(factory);
    await(() -> asked.get() == 1);

    Thread.sleep(3_000);

    assertThat(asked).hasValue(1);
    await(() -> asked.get() == 2);
    resting.close();
  }

  @Test
  void aCheckThatHangsCostsOnlyItself() {
    CountDownLatch hang = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    health.add("hangs", uninterruptible(hang));
    health.add(
        "other", () -> CheckResult.of("other").observed(asked.incrementAndGet(), "times").build());
    health.start(factory);
    await(() -> threads.stream().anyMatch(t -> t.getState() == Thread.State.WAITING));

    nanoTime.addAndGet(6 * SECOND);

    assertThat(health.report().json()).contains("has not answered for 6s");
    await(() -> health.report().check("other") != null);
    assertThat(health.report().check("hangs").status()).isEqualTo(Status.WARN);
    assertThat(health.report().check("other").status()).isEqualTo(Status.PASS);
    assertThat(threads).hasSize(2);

    hang.countDown();

    await(() -> threads.stream().filter(Thread::isAlive).count() == 1);
    nanoTime.addAndGet(2 * SECOND);
    health.add("wakes the thread", result("x", Status.PASS));
    await(() -> health.report().check("hangs").status() == Status.PASS);
  }

  @Test
  void checksThatHangTakeNoMoreThanAFewThreads() {
    CountDownLatch hang = new CountDownLatch(1);
    for (int i = 0; i < 20; i++) {
      health.add("hangs " + i, uninterruptible(hang));
    }
    health.start(factory);

    for (int i = 0; i < 20; i++) {
      await(() -> threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
      nanoTime.addAndGet(6 * SECOND);
      health.watch();
    }

    assertThat(threads).hasSize(8);
    assertThat(health.report().json()).contains("checks not asked for");
    hang.countDown();
    await(() -> threads.stream().noneMatch(Thread::isAlive));
    health.watch();
    assertThat(threads).hasSize(9);
  }

  @Test
  void saysSoWhenNothingIsAskedAnyMore() {
    health.add("a", result("a", Status.PASS));
    health.start(body -> new Thread(() -> {}));

    nanoTime.addAndGet(20 * SECOND);

    assertThat(health.report().status()).isEqualTo(Status.WARN);
    assertThat(health.report().json()).contains("checks not asked for 20s");
  }

  @Test
  void showsNumbersAsOfNowAndTheStatusOfTheTick() {
    AtomicInteger inFlight = new AtomicInteger(1);
    health.add("live", new Live(inFlight));
    health.tick();
    inFlight.set(50);

    assertThat(health.report().json()).contains("\"observedValue\":50");

    inFlight.set(-1);

    assertThat(health.report().json()).contains("\"observedValue\":1");
  }

  @Test
  void keepsNoMoreThan256Checks() {
    for (int i = 0; i < 256; i++) {
      assertThat(health.add("c" + i, result("c" + i, Status.PASS))).isTrue();
    }

    assertThat(health.add("one more", result("x", Status.FAIL))).isFalse();
    assertThat(health.add("c0", result("c0", Status.PASS))).isTrue();
    health.tick();
    assertThat(health.report().status()).isEqualTo(Status.PASS);
  }

  @Test
  void anApplicationRegistersAtTheSharedDoor() {
    Health.register("mine:thing", result("mine:thing", Status.WARN));
    Health.shared().tick();

    assertThat(Health.shared().report().check("mine:thing").status()).isEqualTo(Status.WARN);

    Health.unregister("mine:thing");

    assertThat(Health.shared().report().check("mine:thing")).isNull();
  }

  private static Status check(AtomicInteger calls) {
    if (calls.getAndIncrement() == 0) {
      throw new IllegalStateException();
    }
    return Status.PASS;
  }

  private static HealthCheck result(String key, Status status) {
    return () -> CheckResult.of(key).status(status).build();
  }

  private static HealthCheck uninterruptible(CountDownLatch until) {
    return () -> {
      while (true) {
        try {
          until.await();
          return CheckResult.of("hangs").build();
        } catch (InterruptedException e) {
          // deaf to it, as many are
        }
      }
    };
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 10 * SECOND;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).isNegative();
      Thread.onSpinWait();
    }
  }

  private record Live(AtomicInteger inFlight) implements HealthCheck {
    @Override
    public CheckResult check() {
      return CheckResult.of("live").observed(inFlight.get(), "requests").build();
    }

    @Override
    public List<CheckResult> refresh(List<CheckResult> last) {
      if (inFlight.get() < 0) {
        throw new IllegalStateException();
      }
      return Collections.singletonList(check());
    }
  }
}

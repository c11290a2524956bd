// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class JvmChecksTest {

  private final AtomicLong nanoTime = new AtomicLong();

  @Test
  void failsWhileThreadsAreDeadlockedAndLooksEveryTenSeconds() throws Exception {
    JvmChecks.Deadlock deadlock = new JvmChecks.Deadlock(nanoTime::get);
    assertThat(deadlock.check().status()).isEqualTo(Status.PASS);
    ReentrantLock left = new ReentrantLock();
    ReentrantLock right = new ReentrantLock();
    CountDownLatch bothHoldOne = new CountDownLatch(2);
    Thread one = holding(left, right, bothHoldOne, "fork-\"left\"");
    Thread two = holding(right, left, bothHoldOne, "fork-right");
    while (!left.hasQueuedThread(two) || !right.hasQueuedThread(one)) {
      Thread.onSpinWait();
    }

    assertThat(deadlock.check().status()).isEqualTo(Status.PASS);
    nanoTime.addAndGet(Duration.ofSeconds(10).toNanos());

    assertThat(deadlock.check().status()).isEqualTo(Status.FAIL);
    assertThat(deadlock.check().output())
        .startsWith("2 threads deadlocked: ")
        .contains("fork-\"left\"", "fork-right");
    assertThat(deadlock.liveness()).isTrue();

    one.interrupt();
    one.join();
    two.join();
    nanoTime.addAndGet(Duration.ofSeconds(10).toNanos());
    assertThat(deadlock.check().status()).isEqualTo(Status.PASS);
  }

  @Test
  void warnsAtTheThirdTickAbove90PercentAfterGc() {
    long max = Runtime.getRuntime().maxMemory();
    AtomicLong used = new AtomicLong(max);
    HealthCheck heap =
        new JvmChecks.HeapAfterGc(Hysteresis.warnAbove(90, 85).build(), used::get, nanoTime::get);

    assertThat(tick(heap).status()).isEqualTo(Status.PASS);
    assertThat(tick(heap).status()).isEqualTo(Status.PASS);
    CheckResult third = tick(heap);

    assertThat(third.status()).isEqualTo(Status.WARN);
    assertThat(third.output()).isEqualTo("100.0 % of the heap in use after GC");
    used.set(max / 2);
    for (int i = 0; i < 9; i++) {
      assertThat(tick(heap).status()).isEqualTo(Status.WARN);
    }
    assertThat(tick(heap).status()).isEqualTo(Status.PASS);
  }

  @Test
  void readsTheRealHeapAndUptime() throws Exception {
    System.gc();
    Health health = new Health();
    JvmChecks.addTo(health);
    health.tick();

    assertThat(health.report().status()).isEqualTo(Status.PASS);
    assertThat((Double) JvmChecks.heapAfterGc(90, 85).results().get(0).observedValue())
        .isBetween(0.01, 90.0);
    assertThat((Long) JvmChecks.uptime().check().observedValue()).isNotNegative();
    assertThat(health.report().json()).contains("threads:deadlock", "memory:heapAfterGc", "uptime");
  }

  @Test
  void passesInARuntimeWithoutJmx() throws Exception {
    Process jvm =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "--limit-modules",
                "java.base",
                "-cp",
                System.getProperty("java.class.path"),
                WithoutJmx.class.getName())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(jvm.getInputStream().readAllBytes()))
        .startsWith("{\"status\":\"pass\"")
        .contains(
            "\"uptime\":[{\"status\":\"pass\",\"output\":\"this runtime lacks java.management\"");
    assertThat(jvm.waitFor()).isZero();
  }

  static final class WithoutJmx {

    public static void main(String[] args) {
      Health health = new Health();
      JvmChecks.addTo(health);
      health.tick();
      System.out.print(health.report().json());
    }
  }

  private CheckResult tick(HealthCheck check) {
    nanoTime.addAndGet(Ticker.TICK_NANOS);
    try {
      return check.check();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Thread holding(
      ReentrantLock first, ReentrantLock second, CountDownLatch bothHoldOne, String name) {
    Thread thread =
        new Thread(
            () -> {
              first.lock();
              try {
                bothHoldOne.countDown();
                bothHoldOne.await();
                second.lockInterruptibly();
                second.unlock();
              } catch (InterruptedException e) {
                // the deadlock is over
              } finally {
                first.unlock();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}

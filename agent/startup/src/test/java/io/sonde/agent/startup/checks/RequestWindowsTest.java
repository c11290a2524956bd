// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.ReplayedExchange;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestWindowsTest {

  private static final long SECOND = 1_000_000_000L;

  /** Near the sign change, as {@link System#nanoTime} may be. */
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 400 * SECOND);

  private final long origin = now.get();
  private final RequestWindows windows = new RequestWindows(now::get);
  private final Random random = new Random(7);

  @ParameterizedTest
  @EnumSource(Span.class)
  void agreesWithSortedArrays(Span span) {
    List<long[]> all = sevenMinutesOfTraffic();

    double[] oracle = lasting(all, span, span == Span.FIVE_MINUTES ? 60 : 1);
    WindowSummary summary = windows.all(span);

    assertThat(summary.count).isEqualTo(oracle.length);
    assertAgrees(summary, oracle, 0.01);
  }

  @ParameterizedTest
  @EnumSource(Span.class)
  void agreesForOneRouteAsFarAsItsBucketsTell(Span span) {
    List<long[]> all = sevenMinutesOfTraffic();
    int slot = span == Span.FIVE_MINUTES ? 60 : span == Span.MINUTE ? 10 : 1;

    double[] oracle = lasting(all, span, slot);
    WindowSummary summary = windows.route("/users/{id}", span);

    assertThat(summary.count).isEqualTo(oracle.length);
    assertAgrees(summary, oracle, 0.13);
  }

  private static void assertAgrees(WindowSummary summary, double[] oracle, double share) {
    assertThat(summary.p50).isCloseTo(at(oracle, 50), within(at(oracle, 50) * share));
    assertThat(summary.p95).isCloseTo(at(oracle, 95), within(at(oracle, 95) * share));
    assertThat(summary.p99).isCloseTo(at(oracle, 99), within(at(oracle, 99) * share));
    assertThat(summary.max).isEqualTo(oracle[oracle.length - 1]);
    double mean = Arrays.stream(oracle).average().orElseThrow();
    assertThat(summary.mean).isCloseTo(mean, within(0.001));
  }

  @Test
  void isRightAtTheMomentOfAsking() {
    now.addAndGet(5 * SECOND);
    add("/a", 3, 200);

    assertThat(windows.all(Span.SECOND).count).isEqualTo(1);
    assertThat(windows.all(Span.MINUTE).count).isEqualTo(1);

    now.addAndGet(11 * SECOND);

    assertThat(windows.all(Span.SECOND).count).isZero();
    assertThat(windows.all(Span.TEN_SECONDS).count).isZero();
    assertThat(windows.all(Span.MINUTE).count).isEqualTo(1);
    assertThat(windows.route("/a", Span.FIVE_MINUTES).count).isEqualTo(1);
    assertThat(windows.all(Span.MINUTE).p95).isEqualTo(3);
  }

  @Test
  void countsWhatWentWrong() {
    now.addAndGet(30 * SECOND);
    add("/a", 1, 200);
    add("/a", 1, 404);
    add("/a", 1, 408);
    add("/a", 1, 429);
    add("/a", 1, 500);
    add("/a", 1, 503);
    add("/a", 1, 504);
    windows.add(ReplayedExchange.of("/a", now.get()).status(0).threw(new Error()).get());

    WindowSummary minute = windows.all(Span.MINUTE);

    assertThat(minute.count).isEqualTo(8);
    assertThat(minute.clientErrors).isEqualTo(3);
    assertThat(minute.serverErrors).isEqualTo(4);
    assertThat(minute.exceptions).isEqualTo(1);
    assertThat(minute.dropped).isEqualTo(1);
    assertThat(minute.refused).isEqualTo(2);
    assertThat(minute.timeouts).isEqualTo(2);
    assertThat(minute.percent(minute.serverErrors)).isEqualTo(50);
    assertThat(minute.perSecond(minute.count)).isCloseTo(8 / 30.0, within(0.001));
  }

  @Test
  void judgesTheShortestWindowThatHasSeenEnough() {
    for (int second = 0; second < 60; second++) {
      add("/a", 1, 200);
      now.addAndGet(SECOND);
    }

    assertThat(windows.judged(10).seconds).isEqualTo(10);
    assertThat(windows.judged(20).seconds).isEqualTo(20);
    assertThat(windows.judged(45).seconds).isEqualTo(60);
    now.addAndGet(12 * SECOND);
    assertThat(windows.judged(45).count).as("silence").isZero();
  }

  @Test
  void foldsMoreRoutesThanThereIsRoomFor() {
    for (int i = 0; i < 1_000; i++) {
      add("/route/" + i, 1, 200);
    }

    assertThat(windows.route("/route/7", Span.MINUTE).count).isEqualTo(1);
    assertThat(windows.route("/route/900", Span.MINUTE)).isNull();
    long known = RequestWindows.MAX_ROUTES - 1;
    assertThat(windows.route("other", Span.MINUTE).count).isEqualTo(1_000 - known);
    assertThat(windows.all(Span.MINUTE).count).isEqualTo(1_000);
  }

  @Test
  void namesTheBusiestRoutesFirst() {
    for (int i = 0; i < 9; i++) {
      add("/often", 1, 200);
    }
    add("/seldom", 1, 200);

    assertThat(windows.busiest(1)).containsExactly("/often");
    assertThat(windows.busiest(10)).containsExactly("/often", "/seldom");
  }

  @Test
  void allTablesTogetherStayWithinTheirCap() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Exchange[] exchanges = new Exchange[RequestWindows.MAX_ROUTES];
    RequestWindows full = new RequestWindows(now::get);
    long before = threads.getCurrentThreadAllocatedBytes();
    long kept = 0;
    for (int second = 0; second < 420; second++) {
      now.addAndGet(SECOND);
      for (int i = 0; i < exchanges.length; i++) {
        exchanges[i] = ReplayedExchange.of("/route/" + i, now.get()).took(1_000).get();
      }
      long allocated = threads.getCurrentThreadAllocatedBytes();
      for (Exchange exchange : exchanges) {
        full.add(exchange);
      }
      kept += threads.getCurrentThreadAllocatedBytes() - allocated;
    }

    assertThat(before).isPositive();
    assertThat(kept).isBetween(3_000_000L, (long) RequestWindows.MAX_BYTES);
  }

  @Test
  void isReadWhileItIsWritten() throws Exception {
    RequestWindows shared = new RequestWindows(System::nanoTime);
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong written = new AtomicLong();
    Thread writer =
        new Thread(
            () -> {
              while (!over.get()) {
                long start = System.nanoTime();
                shared.add(ReplayedExchange.of("/a", start).took(2_000_000).get());
                written.incrementAndGet();
              }
            });
    writer.start();
    while (written.get() == 0) {
      Thread.onSpinWait();
    }
    long deadline = System.nanoTime() + SECOND;
    while (System.nanoTime() < deadline) {
      long before = written.get();
      WindowSummary minute = shared.all(Span.FIVE_MINUTES);
      assertThat(minute.count).isBetween(before, written.get() + 1);
      assertThat(minute.p95).isBetween(1.9, 2.0);
    }
    over.set(true);
    writer.join();

    assertThat(shared.all(Span.FIVE_MINUTES).count).isEqualTo(written.get());
  }

  @Test
  void knowsNoOtherSpans() {
    assertThat(Span.of("10s")).isEqualTo(Span.TEN_SECONDS);
    assertThat(Span.of(null)).isEqualTo(Span.MINUTE);
    assertThatThrownBy(() -> Span.of("7s")).hasMessage("window: not one of 1s, 10s, 60s, 5m");
  }

  @Test
  void bucketsAreInOrderAndHoldTheirValues() {
    int last = 0;
    // Below 4 µs a bucket is narrower than a microsecond.
    for (long micros = 4; micros <= Durations.MAX_MICROS; micros += 1 + micros / 37) {
      int bucket = CoarseDurations.bucket(micros);
      assertThat(bucket).isGreaterThanOrEqualTo(last);
      assertThat(CoarseDurations.lowest(bucket)).isLessThanOrEqualTo(micros);
      assertThat(CoarseDurations.lowest(bucket + 1)).isGreaterThan(micros);
      last = bucket;
    }
  }

  /** End second since the origin, and microseconds. */
  private List<long[]> sevenMinutesOfTraffic() {
    List<long[]> all = new ArrayList<>();
    for (int second = 0; second < 420; second++) {
      for (int i = 0; i < 40; i++) {
        long micros = Math.max(1, (long) (20_000 * Math.exp(random.nextGaussian())));
        long end = origin + second * SECOND + random.nextInt((int) SECOND);
        windows.add(
            ReplayedExchange.of("/users/{id}", end - micros * 1_000).took(micros * 1_000).get());
        all.add(new long[] {second, micros});
      }
    }
    now.set(origin + 419 * SECOND + SECOND / 2);
    return all;
  }

  private static double[] lasting(List<long[]> all, Span span, int slotSeconds) {
    long lastSlot = 419 / slotSeconds;
    long firstSlot = lastSlot - span.seconds / slotSeconds;
    return all.stream()
        .filter(one -> one[0] / slotSeconds >= firstSlot)
        .mapToDouble(one -> one[1] / 1_000.0)
        .sorted()
        .toArray();
  }

  private static double at(double[] sorted, double percent) {
    return sorted[(int) Math.ceil(sorted.length * percent / 100) - 1];
  }

  private void add(String route, long millis, int status) {
    long nanos = millis * 1_000_000;
    windows.add(ReplayedExchange.of(route, now.get() - nanos).took(nanos).status(status).get());
  }
}

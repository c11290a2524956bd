// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.FinishedExchange;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccessSamplerTest {

  private static final long SECOND = 1_000_000_000L;

  private final AccessSampler sampler =
      AccessSampler.from(
          AccessSampler.Mode.ALL,
          0.5,
          Map.of("/orders/*", 0.2, "/orders/{id}", 0.1, "/health/*", 0.0, "unmatched", 0.9),
          SECOND);

  @ParameterizedTest
  @CsvSource({
    "/users/{id}, 0.5",
    "/orders/{id}, 0.1",
    "/orders/{id}/items, 0.2",
    "/orders/*, 0.2",
    "/orders, 0.5",
    "/ordersandmore, 0.5",
    "/health/live, 0.0",
    "unmatched, 0.9",
    ", 0.5"
  })
  void theLongestRouteCounts(String route, double share) {
    assertThat(sampler.share(FinishedExchange.server().route(route).get())).isEqualTo(share);
  }

  @Test
  void failuresAndSlowOnesAreAlwaysKept() {
    assertThat(sampler.share(unhealthy().status(404).get())).isOne();
    assertThat(sampler.share(unhealthy().status(0).get())).isOne();
    assertThat(sampler.share(unhealthy().thrown(new Error()).get())).isOne();
    assertThat(sampler.share(unhealthy().took(1_000).get())).isOne();
    assertThat(sampler.share(unhealthy().took(999).get())).isZero();
  }

  @Test
  void slowOnesAreNoErrors() {
    AccessSampler errors = AccessSampler.from(AccessSampler.Mode.ERRORS, 1, Map.of(), SECOND);

    assertThat(errors.share(FinishedExchange.server().took(2_000).get())).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0.0", "0.01", "0.1", "0.5", "0.99", "1.0"})
  void keepsTheShareOfRandomAndOfCountedIds(double share) {
    assertThat(kept(share, 1, 1)).isCloseTo(share, within());
    assertThat(kept(share, Long.MIN_VALUE, 1L << 48)).isCloseTo(share, within());
  }

  @Test
  void servicesWithTheSameShareKeepTheSameTracesAndThoseWithMoreKeepThemToo() {
    for (long id = 1; id <= 1_000; id++) {
      Exchange exchange = FinishedExchange.server().traceId(id).get();
      if (AccessSampler.keeps(exchange, 0.1)) {
        assertThat(AccessSampler.keeps(exchange, 0.2)).isTrue();
      }
    }
  }

  @Test
  void allocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Exchange exchange = unhealthy().route("/orders/{id}/items").get();
    int kept = 0;
    long before = threads.getCurrentThreadAllocatedBytes();

    for (int i = 0; i < 10_000; i++) {
      kept += AccessSampler.keeps(exchange, sampler.share(exchange)) ? 1 : 0;
    }

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    assertThat(kept).isIn(0, 10_000);
  }

  private static FinishedExchange unhealthy() {
    return FinishedExchange.server().route("/health/live");
  }

  private static double kept(double share, long first, long step) {
    int kept = 0;
    for (int i = 0; i < 10_000; i++) {
      Exchange exchange = FinishedExchange.server().traceId(first + i * step).get();
      kept += AccessSampler.keeps(exchange, share) ? 1 : 0;
    }
    return kept / 10_000.0;
  }

  private static Offset<Double> within() {
    return Offset.offset(0.02);
  }
}

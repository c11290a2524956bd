// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Exchanges;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.ServiceIdentity;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What one exchange costs the pipeline's thread when its series are known. */
class CostTest {

  private static final int ROUNDS = 1_000_000;

  @Test
  void takesNoMemoryPerExchangeInSteadyState() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      ServiceIdentity shop = new ServiceIdentity("shop", null, null, "web-1", "web-1");
      StatsdConfig config =
          StatsdConfig.builder(shop, "127.0.0.1")
              .port(statsd.port())
              .flavor(Flavor.DATADOG)
              .interval(Duration.ofMillis(200))
              .build();
      StatsdExporter exporter = new StatsdExporter(config, new Ledger());
      exporter.start();
      Exchange[] exchanges = exchanges();
      warmUp(exporter, exchanges);

      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long bytes = threads.getCurrentThreadAllocatedBytes();
      long nanos = threads.getCurrentThreadCpuTime();
      record(exporter, exchanges);
      nanos = threads.getCurrentThreadCpuTime() - nanos;
      bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
      exporter.close(System.nanoTime() + 2_000_000_000L);

      assertThat(bytes).as("%d ns of CPU each", nanos / ROUNDS).isLessThan(ROUNDS / 100);
    }
  }

  /** Both cells of each series are as large as they get. */
  private static void warmUp(StatsdExporter exporter, Exchange[] exchanges) {
    int handed = 0;
    for (int i = 0; handed < 4 && i < 100; i++) {
      long last = exporter.lastHandedNanos();
      record(exporter, exchanges);
      handed += exporter.lastHandedNanos() == last ? 0 : 1;
    }
  }

  private static void record(StatsdExporter exporter, Exchange[] exchanges) {
    for (int i = 0; i < ROUNDS; i++) {
      exporter.exchange(exchanges[i % exchanges.length]);
      if (i % 10_000 == 0) {
        exporter.tick(System.nanoTime());
      }
    }
  }

  private static Exchange[] exchanges() {
    Exchange[] exchanges = new Exchange[500];
    for (int i = 0; i < exchanges.length; i++) {
      exchanges[i] =
          i % 2 == 0
              ? Exchanges.server("GET", "/route/" + i, 200).took(i * 1_000L).finished()
              : Exchanges.client("POST", "host-" + i, 80, 503)
                  .took(i * 1_000L)
                  .threw(new IllegalStateException())
                  .finished();
    }
    return exchanges;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sonde.agent.recording.LiveTable;
import io.sonde.agent.recording.PoolTable;
import io.sonde.agent.recording.SeenPools;
import io.sonde.health.Health;
import io.sonde.health.Service;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Consul keeps the last 4,096 bytes of what it reads. */
class PoolsDocumentTest {

  private record Pool(String name, int waiting) {}

  private static final int POOLS = 50;
  private static final int TICKS_TO_WARN = 7;

  private static final PoolTable.Reader READER =
      new PoolTable.Reader() {
        @Override
        public String name(Object pool) {
          return ((Pool) pool).name;
        }

        @Override
        public int active(Object pool) {
          return 20;
        }

        @Override
        public int idle(Object pool) {
          return 0;
        }

        @Override
        public int max(Object pool) {
          return 20;
        }

        @Override
        public int waiting(Object pool) {
          return ((Pool) pool).waiting;
        }
      };

  private final PoolTable table = new PoolTable(kind -> READER);
  private final List<Pool> pools = new ArrayList<>();

  @Test
  void fiftyPoolsFitAndTheWorstComeFirst() throws Exception {
    for (int i = 0; i < POOLS; i++) {
      pools.add(new Pool("tenant-" + i + "-orders-database", i % 10 == 7 ? 3 : 0));
      SeenPools.add(table, "hikari", pools.get(i));
    }
    PoolsCheck check =
        new PoolsCheck(
            table,
            new PoolUses(System::nanoTime),
            new LiveTable(),
            () -> new PoolLimits(5_000, 60_000, 30_000, 15_000, 500, List.of()),
            System::nanoTime);
    for (int i = 0; i < TICKS_TO_WARN; i++) {
      check.results();
    }

    String document = document(check);

    assertThat(document.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(3_000, 4_000);
    JsonNode json = new ObjectMapper().readTree(document);
    assertThat(json.path("status").asText()).isEqualTo("warn");
    List<String> keys = new ArrayList<>();
    json.path("checks").fieldNames().forEachRemaining(keys::add);
    assertThat(keys.subList(0, 5)).allMatch(key -> key.matches("tenant-\\d?7-.*:connections"));
    assertThat(json.path("checks").path(keys.get(0)).path(0).path("status").asText())
        .isEqualTo("warn");
    assertThat(keys).contains(ResponseTimeCheck.KEY, BadRequestsCheck.KEY);
    assertThat(json.path("notes").toString()).contains("checks left out: ");
    assertThat(pools).hasSize(POOLS);
  }

  private static String document(PoolsCheck check) throws InterruptedException {
    RequestWindows windows = new RequestWindows(System::nanoTime);
    Thresholds thresholds = TestThresholds.of(TestThresholds.DEFAULTS);
    Traffic traffic = new Traffic(new LiveTable(), () -> 0, () -> true, System::nanoTime);
    try (Health health = new Health()) {
      health.service(Service.named("orders").instance("orders-7f9c-1").version("2.4.1"));
      health.add(
          ResponseTimeCheck.KEY,
          new ResponseTimeCheck(windows, traffic, () -> thresholds, System::nanoTime));
      health.add(
          BadRequestsCheck.KEY, new BadRequestsCheck(windows, () -> thresholds, System::nanoTime));
      health.add("pools", check);
      health.start(Thread::new);
      long deadline = System.nanoTime() + 10_000_000_000L;
      while (health.statuses().size() < POOLS + 2) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.sleep(10);
      }
      return health.report().json();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.SeenServers;
import io.sonde.health.CheckResult;
import io.sonde.health.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerLoadTest {

  private static final int UNKNOWN = -1;

  private final SeenServers servers = new SeenServers();
  private final ServerLoad load =
      new ServerLoad(servers.table(), () -> TestThresholds.of(TestThresholds.DEFAULTS));
  private final int[] sockets = {10, 100};
  private final int[] threads = {0, 10};
  private long nowNanos;

  @Test
  void warnsWhenAServersThreadsAreBusyForFifteenSeconds() {
    servers.add("http-nio-8080", sockets, threads);
    assertThat(ticks(10)).isEqualTo(Status.PASS);

    threads[0] = 10;
    assertThat(ticks(6)).isEqualTo(Status.PASS);
    assertThat(ticks(1)).isEqualTo(Status.WARN);
    assertThat(load.output()).isEqualTo("http-nio-8080: 10 of 10 threads busy");

    threads[0] = 5;
    assertThat(ticks(9)).isEqualTo(Status.WARN);
    assertThat(ticks(2)).isEqualTo(Status.PASS);
  }

  @Test
  void warnsOfTheFullestServerThoughTheSumIsFine() {
    int[] full = {95, 100};
    servers.add("a", sockets, threads);
    servers.add("b", full, new int[] {UNKNOWN, UNKNOWN});

    assertThat(ticks(7)).isEqualTo(Status.WARN);
    assertThat(load.output()).isEqualTo("b: 95 of 100 sockets open");
    assertThat(load.each("key")).hasSize(2);
  }

  @Test
  void tellsTheThreadsOfTheBusiestServer() {
    servers.add("a", sockets, new int[] {0, 200});
    servers.add("b", sockets, new int[] {10, 10});
    ticks(1);

    assertThat(load.busy()).isEqualTo(10);
    assertThat(load.max()).isEqualTo(10);
  }

  @Test
  void neverWarnsWhereThereIsNoLimit() {
    sockets[1] = UNKNOWN;
    sockets[0] = 1_000_000;
    servers.add("a", sockets, threads);

    assertThat(ticks(20)).isEqualTo(Status.PASS);
  }

  @Test
  void leavesOutWhatIsNotTold() {
    sockets[1] = UNKNOWN;
    servers.add("a", sockets, threads);
    CheckResult.Builder result = CheckResult.of("key");
    ticks(1);
    load.addTo(result);

    assertThat(result.build().extras())
        .containsEntry("openSockets", 10)
        .containsEntry("busyThreads", 0)
        .containsEntry("maxThreads", 10)
        .doesNotContainKey("max");
    assertThat(load.each("key")).as("one by itself is the sum").isEmpty();
  }

  private Status ticks(int count) {
    Status status = Status.PASS;
    for (int i = 0; i < count; i++) {
      nowNanos += Duration.ofSeconds(2).toNanos();
      status = load.tick(nowNanos);
    }
    return status;
  }
}

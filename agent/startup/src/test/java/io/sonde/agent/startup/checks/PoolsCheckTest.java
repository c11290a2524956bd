// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.Lifecycle;
import io.sonde.agent.recording.Pipeline;
import io.sonde.agent.recording.PoolTable;
import io.sonde.agent.recording.PoolUse;
import io.sonde.agent.recording.Propagation;
import io.sonde.agent.recording.Recorder;
import io.sonde.bridge.SondeBridge;
import io.sonde.health.CheckResult;
import io.sonde.health.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoolsCheckTest {

  private static final long TICK_NANOS = Duration.ofSeconds(2).toNanos();
  private static final int TICKS_OF_15_SECONDS = 7;

  /** A pool as its reader sees it. */
  private static final class FakePool implements PoolTable.Reader {
    int active;
    int idle = 2;
    int waiting;

    @Override
    public String name(Object pool) {
      return "orders";
    }

    @Override
    public int active(Object pool) {
      return active;
    }

    @Override
    public int idle(Object pool) {
      return idle;
    }

    @Override
    public int max(Object pool) {
      return 2;
    }

    @Override
    public int waiting(Object pool) {
      return waiting;
    }
  }

  private final FakePool pool = new FakePool();
  private final PoolTable pools = new PoolTable(kind -> pool);
  private long nowNanos = System.nanoTime();
  private final PoolUses uses = new PoolUses(() -> nowNanos);
  private Recorder recorder;
  private PoolsCheck check;

  @BeforeEach
  void install() {
    Propagation propagation =
        new Propagation(List.of("b3"), List.of("b3"), List.of(), "X-Request-ID", true, true);
    Pipeline pipeline = new Pipeline(new Ledger());
    recorder = new Recorder(propagation, 1, 100, pipeline, pools, Lifecycle.NONE);
    SondeBridge.install(recorder);
    SondeBridge.poolSeen("fake", pool);
    check = check(List.of());
  }

  @AfterEach
  void uninstall() {
    SondeBridge.install(null);
  }

  @Test
  void passesWhenNobodyAsks() {
    assertThat(tick(20).status()).isEqualTo(Status.PASS);
    assertThat(tick(1).extras())
        .containsEntry("active", 0)
        .containsEntry("idle", 2)
        .containsEntry("max", 2)
        .containsEntry("waiting", 0)
        .containsEntry("leakSuspects", 0L)
        .doesNotContainKeys("affectedEndpoints", "lastSuccess", "lastFailure");
  }

  @Test
  void warnsWhenCallersWaitFor15SecondsAndNamesTheirRoutes() {
    pool.active = 2;
    pool.idle = 0;
    pool.waiting = 1;
    Object waits = request("/orders/4711");
    Object asked = SondeBridge.poolAsked("fake", pool);

    assertThat(tick(TICKS_OF_15_SECONDS - 1).status()).isEqualTo(Status.PASS);
    CheckResult saturated = tick(1);

    assertThat(saturated.status()).isEqualTo(Status.WARN);
    assertThat(saturated.output()).isEqualTo("2 busy, 1 waiting");
    assertThat(saturated.extras()).containsEntry("affectedEndpoints", List.of("/orders/{id}"));

    SondeBridge.poolAnswered(asked, null, new SQLException("timeout"));
    finish(waits);
    assertThat(tick(1).extras()).doesNotContainKey("affectedEndpoints");
  }

  @Test
  void warnsWhenThereIsNothingButExceptionsFor30Seconds() {
    failFor(29);
    assertThat(tick(0).status()).isEqualTo(Status.PASS);
    failFor(2);

    CheckResult dead = tick(0);
    assertThat(dead.status()).isEqualTo(Status.WARN);
    assertThat(dead.output())
        .isEqualTo("no connection for 31 s, 31 attempts failed, the last: SQLException: refused");
  }

  @Test
  void failsThenWhenThePoolIsRequired() {
    check = check(List.of("orders"));
    failFor(31);
    assertThat(tick(0).status()).isEqualTo(Status.FAIL);

    use(new PoolUse("orders", 1_000, false));
    assertThat(tick(0).status()).isEqualTo(Status.PASS);
  }

  @Test
  void isTriedAgainAfterAMinuteOfSilence() {
    check = check(List.of("orders"));
    failFor(31);
    assertThat(tick(0).status()).isEqualTo(Status.FAIL);

    assertThat(tick(31).status()).isEqualTo(Status.PASS);
  }

  @Test
  void tellsTheLastFailureWithoutItsSecrets() {
    use(
        new PoolUse(
            "orders",
            1_000,
            new SQLException("no way to jdbc:postgresql://db/o?user=bob&password=hunter2")));

    CheckResult result = tick(0);
    assertThat(result.extras()).containsKey("lastFailure").containsEntry("timeouts", 1L);
    assertThat(result.details())
        .containsEntry("lastFailureMessage", "SQLException: no way to jdbc:postgresql:***");
  }

  @Test
  void namesHoldersToThoseWhoAskForThePool() throws InterruptedException {
    Object connection = new Object();
    Object holds = request("/orders");
    SondeBridge.poolAnswered(SondeBridge.poolAsked("fake", pool), connection, null);
    Thread.sleep(60);

    CheckResult held = tick(0);
    assertThat(held.extras()).containsEntry("leakSuspects", 1L).doesNotContainKey("holders");
    List<?> holders = (List<?>) held.details().get("holders");
    assertThat(holders)
        .extracting(h -> ((Map<?, ?>) h).get("route"), h -> ((Map<?, ?>) h).get("thread"))
        .containsExactly(tuple("/orders", Thread.currentThread().getName()));
    assertThat(((Number) ((Map<?, ?>) holders.get(0)).get("heldMillis")).longValue())
        .isGreaterThanOrEqualTo(50);

    SondeBridge.poolReturned(connection);
    assertThat(tick(0).details()).doesNotContainKey("holders");
    finish(holds);
  }

  @Test
  void leavesOutWhatThePoolDoesNotTell() {
    pool.active = -1;
    pool.waiting = -1;

    CheckResult result = tick(1);
    assertThat(result.extras()).doesNotContainKeys("active", "waiting").containsEntry("idle", 2);
    assertThat(result.observedValue()).isNull();
  }

  /** Holders are named after 20 ms and suspected after 50. */
  private PoolsCheck check(List<String> required) {
    PoolLimits limits = new PoolLimits(20, 50, 30_000, 15_000, 500, required);
    return new PoolsCheck(pools, uses, recorder.live(), () -> limits, () -> nowNanos);
  }

  private CheckResult tick(int ticks) {
    List<CheckResult> results = ticks == 0 ? check.results() : List.of();
    for (int i = 0; i < ticks; i++) {
      nowNanos += TICK_NANOS;
      uses.publish(nowNanos);
      results = check.results();
    }
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  private void failFor(int seconds) {
    for (int i = 0; i < seconds; i++) {
      use(new PoolUse("orders", 1_000, new SQLException("refused")));
      nowNanos += Duration.ofSeconds(1).toNanos();
    }
    uses.publish(nowNanos);
  }

  private void use(PoolUse use) {
    uses.add(use);
    uses.publish(nowNanos);
  }

  private static Object request(String path) {
    Object exchange = SondeBridge.serverStarted("test");
    SondeBridge.serverRequest(exchange, "GET", path, null, null);
    SondeBridge.enter(exchange);
    return exchange;
  }

  private static void finish(Object exchange) {
    SondeBridge.leave(null);
    SondeBridge.finished(exchange, 200, null);
  }
}

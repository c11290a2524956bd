// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.Lifecycle;
import io.sonde.agent.recording.Pipeline;
import io.sonde.agent.recording.PoolTable;
import io.sonde.agent.recording.Propagation;
import io.sonde.agent.recording.Recorder;
import io.sonde.agent.recording.StoreTable;
import io.sonde.bridge.SondeBridge;
import io.sonde.health.CheckResult;
import io.sonde.health.Status;
import java.net.ConnectException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Through the bridge's doors, with a clock that the test moves by a tick of 2 s. */
class StoresCheckTest {

  private static final long TICK_MILLIS = 2_000;

  /** A store that tells what the test wants. */
  private static final class FakeStore {
    final String name;
    final Map<String, Object> facts = new LinkedHashMap<>();

    FakeStore(String name) {
      this.name = name;
    }

    FakeStore with(String fact, Object value) {
      facts.put(fact, value);
      return this;
    }
  }

  private final StoreTable table =
      new StoreTable(
          kind ->
              new StoreTable.Reader() {
                @Override
                public String name(Object store, Object detail) {
                  return ((FakeStore) store).name;
                }

                @Override
                public Map<String, Object> read(Object store, Object detail) {
                  return ((FakeStore) store).facts;
                }

                @Override
                public boolean grouped() {
                  return kind.equals("lettuce");
                }
              });

  private List<String> required = List.of();
  private long millis = 1_700_000_000_000L;
  private final StoresCheck check =
      new StoresCheck(
          table,
          () -> TestThresholds.of(TestThresholds.DEFAULTS, required).pools,
          () -> millis,
          () -> TimeUnit.MILLISECONDS.toNanos(millis));

  @BeforeEach
  void install() {
    Propagation propagation =
        new Propagation(List.of(), List.of(), List.of(), "X-Request-ID", true, false);
    Recorder recorder =
        new Recorder(
            propagation,
            1,
            1,
            new Pipeline(new Ledger()),
            new PoolTable(kind -> null),
            Lifecycle.NONE);
    recorder.stores(table);
    SondeBridge.install(recorder);
  }

  @AfterEach
  void remove() {
    SondeBridge.install(null);
  }

  @Test
  void passesWhatIsConnected() {
    FakeStore cache = new FakeStore("cache").with("state", "CONNECTED").with("open", 1);
    SondeBridge.storeSeen("lettuce", cache, null);
    SondeBridge.storeUsed(cache, 0, null);

    CheckResult result = tick(1);

    assertThat(result.key()).isEqualTo("cache:connections");
    assertThat(result.status()).isEqualTo(Status.PASS);
    assertThat(result.output()).isNull();
    assertThat(result.observedValue()).isEqualTo(1);
    assertThat(result.extras())
        .containsEntry("state", "CONNECTED")
        .containsEntry("lastSuccess", "2023-11-14T22:13:22Z")
        .doesNotContainKeys("lastFailure", "failure", "timeouts", "acquireP95", "idle", "max");
  }

  @Test
  void warnsOfALostConnectionWithin15SecondsAndRecoversWithin45() {
    FakeStore cache = new FakeStore("cache").with("state", "CONNECTED");
    SondeBridge.storeSeen("lettuce", cache, null);
    tick(5);

    cache.with("state", "RECONNECTING");
    SondeBridge.storeUsed(
        cache, 0, new ConnectException("no redis://user:geheim@cache:6379 password=geheim"));
    assertThat(tick(1).status()).as("one bad tick is none").isEqualTo(Status.PASS);
    CheckResult down = tick(6);
    assertThat(down.status()).isEqualTo(Status.WARN);
    assertThat(down.output()).startsWith("RECONNECTING; last failure ConnectException: no redis");
    assertThat(down.toString()).doesNotContain("geheim").contains("lastFailure=2023-11-14T");

    cache.with("state", "CONNECTED");
    SondeBridge.storeUsed(cache, 0, null);
    assertThat(tick(22).status()).isEqualTo(Status.PASS);
  }

  @Test
  void failsWhenTheServiceRequiresIt() {
    required = List.of("cache");
    FakeStore cache = new FakeStore("cache").with("state", "DISCONNECTED");
    SondeBridge.storeSeen("lettuce", cache, null);

    assertThat(tick(2).status()).isEqualTo(Status.PASS);
    assertThat(tick(1).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void neverFailsByDefault() {
    FakeStore cache = new FakeStore("cache").with("state", "DISCONNECTED");
    SondeBridge.storeSeen("lettuce", cache, null);
    SondeBridge.storeUsed(cache, 0, new ConnectException("Connection refused"));

    assertThat(tick(1_000).status()).isEqualTo(Status.WARN);
  }

  @Test
  void warnsWhenAttemptsFailThoughNothingTellsAState() {
    FakeStore pool = new FakeStore("jedis");
    SondeBridge.storeSeen("jedis", pool, null);
    for (int i = 0; i < 3; i++) {
      SondeBridge.storeUsed(pool, 0, new ConnectException("Connection refused"));
      tick(1);
    }

    assertThat(tick(1).output())
        .isEqualTo("the last attempt failed; last failure ConnectException: Connection refused");
    assertThat(tick(60).status()).as("nobody has tried for a minute").isEqualTo(Status.PASS);
  }

  @Test
  void warnsWhenCallersWaitFor15Seconds() {
    FakeStore pool = pool(2, 0);
    SondeBridge.storeSeen("jedis", pool, null);
    pool.with("waiting", 3);

    assertThat(tick(6).status()).isEqualTo(Status.PASS);
    CheckResult full = tick(1);
    assertThat(full.status()).isEqualTo(Status.WARN);
    assertThat(full.output()).isEqualTo("2 busy, 3 waiting");
    assertThat(full.observedValue()).isEqualTo(2);
  }

  @Test
  void countsWaitingThreadsWhereThePoolDoesNot() {
    FakeStore pool = pool(2, 0);
    SondeBridge.storeSeen("mongodb", pool, null);

    long asked = SondeBridge.storeAsked(pool);
    assertThat(tick(1).extras()).containsEntry("waiting", 1);
    SondeBridge.storeUsed(pool, asked, null);

    CheckResult result = tick(1);
    assertThat(result.extras()).containsEntry("waiting", 0).containsEntry("timeouts", 0L);
    assertThat((Double) result.extras().get("acquireP95")).isPositive();
  }

  @Test
  void forgetsTimesAfterTwoMinutes() {
    FakeStore pool = pool(0, 1);
    SondeBridge.storeSeen("mongodb", pool, null);
    SondeBridge.storeUsed(pool, SondeBridge.storeAsked(pool), null);
    assertThat(tick(1).extras()).containsKey("acquireP95");

    assertThat(tick(70).extras()).doesNotContainKey("acquireP95");
  }

  @Test
  void warnsOfAConsumerThatDoesNotPollInTime() {
    FakeStore consumer =
        new FakeStore("orders-in")
            .with("state", "CONNECTED")
            .with("lastPoll", 301L)
            .with("maxPollInterval", 300L)
            .with("late", true);
    SondeBridge.storeSeen("kafka-consumer", consumer, null);

    CheckResult late = tick(3);

    assertThat(late.status()).isEqualTo(Status.WARN);
    assertThat(late.output()).isEqualTo("last poll 301s ago, max.poll.interval is 300s");
  }

  @Test
  void addsUpTheConnectionsOfOneStore() {
    FakeStore one = new FakeStore("cache").with("state", "CONNECTED").with("open", 1);
    FakeStore two = new FakeStore("cache").with("state", "RECONNECTING").with("open", 0);
    SondeBridge.storeSeen("lettuce", one.with("total", 1), null);
    SondeBridge.storeSeen("lettuce", two.with("total", 1), null);

    millis += TICK_MILLIS;
    List<CheckResult> results = check.results();

    assertThat(results).hasSize(1);
    assertThat(results.get(0).extras())
        .containsEntry("state", "RECONNECTING")
        .containsEntry("open", 1L)
        .containsEntry("total", 2L);
  }

  @Test
  void showsNothingOfWhatIsClosed() {
    FakeStore cache = new FakeStore("cache").with("state", "CONNECTED");
    SondeBridge.storeSeen("lettuce", cache, null);
    tick(1);

    SondeBridge.storeClosed(cache);

    assertThat(check.results()).isEmpty();
  }

  private static FakeStore pool(int active, int idle) {
    return new FakeStore("pool").with("active", active).with("idle", idle).with("max", 2);
  }

  /** The last of so many ticks. */
  private CheckResult tick(int ticks) {
    CheckResult last = null;
    for (int i = 0; i < ticks; i++) {
      millis += TICK_MILLIS;
      last = check.results().get(0);
    }
    return last;
  }
}

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
import io.sonde.agent.recording.Store;
import io.sonde.agent.recording.StoreTable;
import io.sonde.bridge.SondeBridge;
import io.sonde.health.CheckResult;
import io.sonde.health.Status;
import java.net.ConnectException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
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

  private final PoolUses uses = new PoolUses(this::nanos);
  private final Recorder recorder =
      new Recorder(
          new Propagation(List.of(), List.of(), List.of(), "X-Request-ID", true, false),
          1,
          1,
          new Pipeline(new Ledger()),
          new PoolTable(kind -> null),
          Lifecycle.NONE);
  private List<String> required = List.of();
  private Map<String, Double> limits = Map.of();
  private long millis = 1_700_000_000_000L;
  private final StoresCheck check =
      new StoresCheck(
          table,
          uses,
          recorder.live(),
          () -> TestThresholds.of(thresholds(), required).pools,
          () -> millis,
          this::nanos);

  @BeforeEach
  void install() {
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
    SondeBridge.storeUsed(cache, null);

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
        cache, new ConnectException("no redis://user:geheim@cache:6379 password=geheim"));
    assertThat(tick(1).status()).as("one bad tick is none").isEqualTo(Status.PASS);
    CheckResult down = tick(6);
    assertThat(down.status()).isEqualTo(Status.WARN);
    assertThat(down.output()).startsWith("RECONNECTING; last failure ConnectException: no redis");
    assertThat(down.toString()).doesNotContain("geheim").contains("lastFailure=2023-11-14T");

    cache.with("state", "CONNECTED");
    SondeBridge.storeUsed(cache, null);
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
    SondeBridge.storeUsed(cache, new ConnectException("Connection refused"));

    assertThat(tick(1_000).status()).isEqualTo(Status.WARN);
  }

  @Test
  void warnsWhenAttemptsFailThoughNothingTellsAState() {
    FakeStore pool = new FakeStore("jedis");
    SondeBridge.storeSeen("jedis", pool, null);
    for (int i = 0; i < 3; i++) {
      SondeBridge.storeUsed(pool, new ConnectException("Connection refused"));
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

    Object asked = SondeBridge.storeAsked(pool);
    assertThat(tick(1).extras()).containsEntry("waiting", 1);
    SondeBridge.storeAnswered(asked, new Object(), null);
    assertThat(tick(1).extras()).containsEntry("waiting", 0);
  }

  @Test
  void tellsHowLongConnectionsAreWaitedForAndHowOftenInVain() {
    FakeStore pool = pool(2, 0);
    SondeBridge.storeSeen("jedis", pool, null);
    assertThat(tick(1).extras()).doesNotContainKeys("acquireP95", "timeouts", "leakSuspects");

    waited(4, null);
    waited(700, new NoSuchElementException("Timeout waiting for idle object"));

    assertThat(tick(1).extras()).containsEntry("timeouts", 1L);
    CheckResult slow = tick(2);
    assertThat((Double) slow.extras().get("acquireMax")).isBetween(700.0, 750.0);
    assertThat(slow.output()).startsWith("95 % of connections within 7");
    assertThat(slow.status()).isEqualTo(Status.WARN);
    assertThat((Double) tick(70).extras().get("acquireMax")).as("two minutes on").isZero();
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
  void namesHoldersAndSuspectsLeaks() throws InterruptedException {
    limits = Map.of("pool.held-after", 20.0, "pool.leak-after", 50.0);
    FakeStore pool = pool(1, 1);
    SondeBridge.storeSeen("jedis", pool, null);
    Object connection = new Object();
    Object request = request("/orders/4711");
    waited(1, null);
    SondeBridge.storeAnswered(SondeBridge.storeAsked(pool), connection, null);
    Thread.sleep(60);

    CheckResult held = tick(1);
    assertThat(held.extras()).containsEntry("leakSuspects", 1L).doesNotContainKey("holders");
    assertThat((List<?>) held.details().get("holders"))
        .extracting(h -> ((Map<?, ?>) h).get("route"), h -> ((Map<?, ?>) h).get("thread"))
        .containsExactly(tuple("/orders/{id}", Thread.currentThread().getName()));

    SondeBridge.storeReturned(connection);
    CheckResult back = tick(1);
    assertThat(back.extras()).containsEntry("leakSuspects", 0L);
    assertThat(back.details()).doesNotContainKey("holders");
    finish(request);
  }

  @Test
  void namesTheRoutesThatWaitForASaturatedPool() {
    FakeStore pool = pool(2, 0);
    SondeBridge.storeSeen("mongodb", pool, null);
    Object request = request("/orders/4711");
    Object asked = SondeBridge.storeAsked(pool);

    assertThat(tick(1).extras()).as("not for long enough").doesNotContainKey("affectedEndpoints");
    assertThat(tick(7).extras()).containsEntry("affectedEndpoints", List.of("/orders/{id}"));

    SondeBridge.storeAnswered(asked, new Object(), null);
    assertThat(tick(1).extras()).doesNotContainKey("affectedEndpoints");
    finish(request);
  }

  @Test
  void forgetsTheHoldersOfWhatIsClosed() {
    FakeStore pool = pool(1, 0);
    SondeBridge.storeSeen("jedis", pool, null);
    Store store = table.stores().get(0);
    SondeBridge.storeGiven(pool, new Object());
    assertThat(table.holders().of(store, 0)).hasSize(1);

    SondeBridge.storeClosed(pool);
    assertThat(check.results()).isEmpty();

    assertThat(table.holders().of(store, 0)).isEmpty();
  }

  @Test
  void showsNothingOfWhatIsClosed() {
    FakeStore cache = new FakeStore("cache").with("state", "CONNECTED");
    SondeBridge.storeSeen("lettuce", cache, null);
    tick(1);

    SondeBridge.storeClosed(cache);

    assertThat(check.results()).isEmpty();
  }

  /** As the pipeline hands it on. */
  private void waited(long waitedMillis, Throwable failure) {
    long waitedNanos = TimeUnit.MILLISECONDS.toNanos(waitedMillis);
    uses.add(
        failure == null
            ? new PoolUse("pool", waitedNanos, false)
            : new PoolUse("pool", waitedNanos, failure));
  }

  private long nanos() {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private Map<String, Double> thresholds() {
    Map<String, Double> all = new HashMap<>(TestThresholds.DEFAULTS);
    all.putAll(limits);
    return all;
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

  private static FakeStore pool(int active, int idle) {
    return new FakeStore("pool").with("active", active).with("idle", idle).with("max", 2);
  }

  /** The last of so many ticks. */
  private CheckResult tick(int ticks) {
    CheckResult last = null;
    for (int i = 0; i < ticks; i++) {
      millis += TICK_MILLIS;
      uses.publish(nanos());
      last = check.results().get(0);
    }
    return last;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreTableTest {

  private static final StoreTable.Reader READER = new Named(false);
  private static final StoreTable.Reader GROUPED = new Named(true);

  private final StoreTable table = new StoreTable(kind -> kind.equals("group") ? GROUPED : READER);

  /** Every store has the same name. */
  private record Named(boolean grouped) implements StoreTable.Reader {
    @Override
    public String name(Object store, Object detail) {
      return "cache";
    }

    @Override
    public Map<String, Object> read(Object store, Object detail) {
      return Map.of("open", 1);
    }
  }

  @Test
  void findsAStoreByItsIdentityAndByItsPart() {
    Object store = new String("same");
    Object part = new Object();

    table.seen("kafka", store, null);
    table.part(store, part);

    assertThat(table.find(store)).isNotNull().isSameAs(table.find(part));
    assertThat(table.find(new String("same"))).isNull();
    assertThat(table.stores()).hasSize(1);
  }

  @Test
  void tellsStoresOfOneNameApart() {
    Object one = new Object();
    Object two = new Object();

    table.seen("jedis", one, null);
    assertThat(table.stores()).extracting(Store::name).containsExactly("cache");
    table.seen("jedis", two, null);

    assertThat(table.stores()).extracting(Store::name).containsExactly("cache", "cache-2");
    assertThat(table.named("cache-2")).isSameAs(table.find(two));
  }

  @Test
  void leavesConnectionsOfOneStoreTheirName() {
    Object one = new Object();
    Object two = new Object();

    table.seen("group", one, null);
    table.seen("group", two, null);

    assertThat(table.stores()).extracting(Store::name).containsExactly("cache", "cache");
  }

  @Test
  void forgetsWhatIsClosed() {
    Object store = new Object();
    Object part = new Object();
    table.seen("kafka", store, null);
    table.part(store, part);

    table.find(store).closed();

    assertThat(table.stores()).isEmpty();
    assertThat(table.find(store)).isNull();
    assertThat(table.find(part)).isNull();
  }

  @Test
  void forgetsWhatTheApplicationLetsGoOf() throws Exception {
    table.seen("kafka", new Object(), null);

    for (int i = 0; i < 100 && !table.stores().isEmpty(); i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(table.stores()).isEmpty();
  }

  @Test
  void countsWhatItDoesNotTake() {
    List<Object> held = new ArrayList<>();
    for (int i = 0; i < StoreTable.MAX_ENTRIES + 3; i++) {
      held.add(new Object());
      table.seen("jedis", held.get(i), null);
    }

    assertThat(table.stores()).hasSize(StoreTable.MAX_ENTRIES);
    assertThat(table.refused()).isEqualTo(3);
    assertThat(held).isNotEmpty();
  }

  @Test
  void failsUntilItAnswersAgain() {
    Object redis = new Object();
    table.seen("jedis", redis, null);
    Store store = table.find(redis);

    store.used(null);
    table.tick(1_000);
    assertThat(store.failing(1_000)).isFalse();
    store.used(new ConnectException("Connection refused"));
    table.tick(3_000);
    assertThat(store.failing(3_000)).isTrue();
    assertThat(store.lastFailure()).isEqualTo("ConnectException: Connection refused");
    assertThat(store.failing(64_000)).as("a minute later").isFalse();

    store.used(new ConnectException("Connection refused"));
    store.used(null);
    table.tick(65_000);
    assertThat(store.failing(65_000)).as("the success was later").isFalse();
    store.used(null);
    store.used(new ConnectException("Connection refused"));
    table.tick(67_000);
    assertThat(store.failing(67_000)).as("the failure was later").isTrue();
    assertThat(redis).isNotNull();
  }

  @Test
  void failsAllThatAreAtAnAddressThatCannotBeReached() throws Exception {
    Object here = new Object();
    Object there = new Object();
    InetAddress cache = InetAddress.getByAddress("cache", new byte[] {127, 0, 0, 1});
    table.seen("group", here, new InetSocketAddress(cache, 6379));
    table.seen("group", there, new InetSocketAddress(cache, 6380));

    table.unreachable(
        "group",
        InetSocketAddress.createUnresolved("cache", 6379),
        new ConnectException("Connection refused"));
    table.tick(1_000);

    assertThat(table.find(here).failing(1_000)).isTrue();
    assertThat(table.find(there).failing(1_000)).isFalse();
    assertThat(table.find(there).lastFailure()).isNull();
  }

  @Test
  void countsWhoWaits() {
    Object pool = new Object();
    table.seen("jedis", pool, null);
    Store store = table.find(pool);
    assertThat(store.read()).doesNotContainKey("waiting");

    store.asked();
    assertThat(store.read()).containsEntry("waiting", 1);
    store.served();

    assertThat(store.read()).containsEntry("waiting", 0);
    assertThat(pool).isNotNull();
  }

  @Test
  void namesAStoreWhenItsNameIsAskedFor() {
    Object pool = new Object();
    table.seen("jedis", pool, null);

    assertThat(table.find(pool).name()).isEqualTo("cache");
  }
}

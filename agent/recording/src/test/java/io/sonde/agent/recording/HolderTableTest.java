// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HolderTableTest {

  private static final long NOW = System.nanoTime();

  private final HolderTable table = new HolderTable();
  private final PoolTable.Pool pool = pool("orders");

  @Test
  void showsHoldersLongestFirstAndForgetsThem() {
    Object first = new Object();
    Object second = new Object();
    table.enter(first, heldFor(pool, 10));
    table.enter(second, heldFor(pool, 20));

    assertThat(table.of(pool, 0)).extracting(use -> use.heldMillis(NOW)).containsExactly(20L, 10L);
    assertThat(table.of(pool, 15_000)).isEmpty();

    table.leave(second);
    table.leave(second);

    assertThat(table.of(pool, 0)).extracting(use -> use.heldMillis(NOW)).containsExactly(10L);
  }

  @Test
  void keepsPoolsApart() {
    PoolTable.Pool other = pool("stock");
    Object connection = new Object();
    table.enter(new Object(), heldFor(pool, 1));
    table.enter(connection, heldFor(other, 1));

    table.forget(pool);

    assertThat(table.of(pool, 0)).isEmpty();
    assertThat(table.of(other, 0)).hasSize(1);
  }

  @Test
  void replacesTheHolderOfAConnectionThatCameBackUnseen() {
    Object connection = new Object();
    table.enter(connection, heldFor(pool, 50));
    table.enter(connection, heldFor(pool, 1));

    assertThat(table.of(pool, 0)).extracting(use -> use.heldMillis(NOW)).containsExactly(1L);
  }

  @Test
  void keepsNoConnectionAlive() {
    Object connection = new Object();
    WeakReference<Object> reference = new WeakReference<>(connection);
    table.enter(connection, heldFor(pool, 1));
    connection = null;

    for (int i = 0; i < 50 && reference.get() != null; i++) {
      System.gc();
    }

    assertThat(reference.get()).isNull();
    assertThat(table.of(pool, 0)).hasSize(1);
  }

  @Test
  void isBoundedAndCountsWhatItDoesNotTake() {
    List<Object> connections = new ArrayList<>();
    for (int i = 0; i < 2 * HolderTable.SLOTS; i++) {
      Object connection = new Object();
      connections.add(connection);
      table.enter(connection, heldFor(pool, 1));
    }

    int shown = table.of(pool, 0).size();
    assertThat(shown).isBetween(HolderTable.SLOTS / 2, HolderTable.SLOTS);
    assertThat(table.overflow()).isEqualTo(2L * HolderTable.SLOTS - shown);

    connections.forEach(table::leave);
    assertThat(table.of(pool, 0)).isEmpty();
  }

  @Test
  void forgetsAfterADay() {
    table.enter(new Object(), heldFor(pool, 1));

    table.sweep(NOW + TimeUnit.HOURS.toNanos(23), 0);
    assertThat(table.of(pool, 0)).hasSize(1);

    table.sweep(NOW + TimeUnit.HOURS.toNanos(25), 0);
    assertThat(table.of(pool, 0)).isEmpty();
    assertThat(table.agedOut()).isEqualTo(1);
  }

  @Test
  void letsGoOfARequestThatIsOverButRemembersItsRoute() {
    Exchange exchange = new Exchange(Exchange.Kind.SERVER, "test", NOW);
    exchange.path = "/orders/4711";
    PoolUse use = new PoolUse(pool, exchange, NOW);
    use.answered(NOW, "worker-1", null);
    table.enter(new Object(), use);

    table.sweep(NOW, 0);
    assertThat(use.exchange()).isSameAs(exchange);

    exchange.end(NOW);
    table.sweep(NOW + 1, 0);
    assertThat(use.exchange()).isNull();
    assertThat(table.of(pool, 0)).extracting(PoolUse::route).containsExactly("/orders/{id}");
  }

  private static PoolUse heldFor(PoolTable.Pool pool, int millis) {
    long since = NOW - TimeUnit.MILLISECONDS.toNanos(millis);
    PoolUse use = new PoolUse(pool, null, since);
    use.answered(since, "main", null);
    return use;
  }

  private static PoolTable.Pool pool(String name) {
    return new PoolTable.Pool("test", new Object(), new NamedReader(name), name);
  }

  private static final class NamedReader implements PoolTable.Reader {
    private final String name;

    NamedReader(String name) {
      this.name = name;
    }

    @Override
    public String name(Object pool) {
      return name;
    }

    @Override
    public int active(Object pool) {
      return 0;
    }

    @Override
    public int idle(Object pool) {
      return 0;
    }

    @Override
    public int max(Object pool) {
      return 0;
    }

    @Override
    public int waiting(Object pool) {
      return 0;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.contract;

import static io.sonde.agent.instrumentation.contract.SondeExtension.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.agent.instrumentation.pool.PoolReader;
import io.sonde.agent.recording.PoolTable;
import io.sonde.agent.recording.PoolUse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the instrumentation of a connection pool promises. A test of one extends it, registers a
 * {@link SondeExtension} with {@link #reading}, and opens pools to an H2 in memory.
 */
public abstract class PoolContract {

  protected static final int MAX = 2;

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private DataSource source;

  /** Of the test class, registered there. */
  protected abstract SondeExtension sonde();

  /** {@link PoolTable.Pool#kind} of what is seen. */
  protected abstract String kind();

  /** A pool of at most {@link #MAX} connections, whose callers wait {@link #timeoutMillis}. */
  protected abstract DataSource open(String jdbcUrl) throws Exception;

  protected abstract void close(DataSource source) throws Exception;

  /** What {@link #open} has named it; its kind where names are made up anew in each run. */
  protected String name() {
    return kind();
  }

  protected long timeoutMillis() {
    return 1_000;
  }

  /** For {@link SondeExtension#pools}. */
  protected static PoolTable.Readers reading(String expectedKind, PoolReader reader) {
    return kind -> kind.equals(expectedKind) ? new Reading(reader) : null;
  }

  @BeforeEach
  void openPool() throws Exception {
    source = open("jdbc:h2:mem:db" + DATABASES.incrementAndGet());
  }

  @AfterEach
  void closePool() throws Exception {
    close(source);
    await("the closed pool is gone", () -> sonde().pools().pools().isEmpty());
  }

  @Test
  void seesThePoolOnceItGivesConnections() throws Exception {
    source.getConnection().close();

    assertThat(sonde().pools().pools()).extracting(PoolTable.Pool::kind).containsExactly(kind());
    assertThat(pool().name()).isEqualTo(name());
  }

  @Test
  void timesAnAcquire() throws Exception {
    source.getConnection().close();

    PoolUse use = sonde().nextPoolUse();
    assertThat(use.pool()).isEqualTo(pool().name());
    assertThat(use.timedOut()).isFalse();
    assertThat(use.waitedNanos()).isPositive();
    assertThat(use.threadName()).isEqualTo(Thread.currentThread().getName());
  }

  @Test
  void tellsWhatIsBorrowedAndWhatIsIdle() throws Exception {
    Connection one = source.getConnection();
    Connection two = source.getConnection();

    await("two are active", () -> active() == 2);
    assertThat(reader().idle(target())).isZero();
    assertThat(reader().max(target())).isEqualTo(MAX);
    assertThat(reader().waiting(target())).isZero();

    one.close();
    await("one is active", () -> active() == 1);
    two.close();
    await("none is active", () -> active() == 0);
    await("some are idle", () -> reader().idle(target()) >= 1);
  }

  @Test
  void showsCallersThatWait() throws Exception {
    Connection one = source.getConnection();
    Connection two = source.getConnection();
    CompletableFuture<Void> third = CompletableFuture.runAsync(this::borrowAndReturn);

    await("one waits", () -> reader().waiting(target()) == 1);
    one.close();
    third.get(10, TimeUnit.SECONDS);

    await("none waits", () -> reader().waiting(target()) == 0);
    two.close();
  }

  @Test
  void countsATimeout() throws Exception {
    try (Connection one = source.getConnection();
        Connection two = source.getConnection()) {
      assertThat(one).isNotSameAs(two);
      assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
    }

    assertThat(sonde().nextPoolUse().timedOut()).isFalse();
    assertThat(sonde().nextPoolUse().timedOut()).isFalse();
    PoolUse refused = sonde().nextPoolUse();
    assertThat(refused.timedOut()).isTrue();
    assertThat(refused.waitedNanos())
        .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(timeoutMillis() * 8 / 10));
    assertThat(holders()).isEmpty();
  }

  @Test
  void knowsWhichRequestWaits() throws Exception {
    Connection one = source.getConnection();
    Connection two = source.getConnection();
    CompletableFuture<Void> request =
        CompletableFuture.runAsync(
            () -> {
              try {
                sonde().serving(this::borrowAndReturn);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });

    await("a request waits", this::oneRequestWaits);
    one.close();
    request.get(10, TimeUnit.SECONDS);

    assertThat(sonde().nextExchange().waitsFor(pool())).isFalse();
    two.close();
  }

  @Test
  void namesTheHolderUntilTheConnectionIsBack() throws Exception {
    sonde()
        .serving(
            () -> {
              Connection connection = source.getConnection();

              assertThat(holders()).hasSize(1);
              assertThat(holders().get(0).route()).isEqualTo("/test");
              assertThat(holders().get(0).threadName()).isEqualTo(Thread.currentThread().getName());
              assertThat(sonde().pools().holders().of(pool(), 60_000)).isEmpty();

              connection.close();
              assertThat(holders()).isEmpty();
            });
    sonde().nextExchange();
  }

  @Test
  void isNotConfusedByAConnectionThatIsClosedTwice() throws Exception {
    Connection first = source.getConnection();
    first.close();
    await("it is back", () -> active() == 0);
    Connection second = source.getConnection();

    first.close();

    assertThat(holders()).hasSize(1);
    second.close();
    assertThat(holders()).isEmpty();
  }

  @Test
  void leavesConnectionsAsTheyAre() throws Exception {
    Class<?>[] unobserved = new Class<?>[1];
    sonde()
        .whileOff(
            () -> {
              try (Connection connection = source.getConnection()) {
                unobserved[0] = connection.getClass();
              }
            });

    Connection connection = source.getConnection();

    // A proxy's class differs from pool to pool, but not from connection to connection.
    assertThat(connection.getClass()).isSameAs(unobserved[0]);
    assertThat(connection.isValid(1)).isTrue();
    assertThat(connection.unwrap(Connection.class)).isNotNull();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select 42")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getInt(1)).isEqualTo(42);
    }
    connection.close();
    assertThat(connection.isClosed()).isTrue();
    connection.close();
    assertThatThrownBy(connection::createStatement).isInstanceOf(SQLException.class);
  }

  @Test
  void seesNothingWhileItIsOff() throws Exception {
    sonde().whileOff(() -> source.getConnection().close());

    assertThat(sonde().pools().holders().overflow()).isZero();
    assertThat(sonde().hasPoolUses()).isFalse();
  }

  private boolean oneRequestWaits() {
    return sonde().inFlight().stream().filter(exchange -> exchange.waitsFor(pool())).count() == 1;
  }

  private void borrowAndReturn() {
    try {
      source.getConnection().close();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  protected final PoolTable.Pool pool() {
    List<PoolTable.Pool> pools = sonde().pools().pools();
    assertThat(pools).hasSize(1);
    return pools.get(0);
  }

  private List<PoolUse> holders() {
    return sonde().pools().holders().of(pool(), 0);
  }

  private Object target() {
    return pool().target();
  }

  private PoolTable.Reader reader() {
    return pool().reader();
  }

  private int active() {
    return reader().active(target());
  }

  private record Reading(PoolReader reader) implements PoolTable.Reader {

    @Override
    public String name(Object pool) {
      return reader.name(pool);
    }

    @Override
    public int active(Object pool) {
      return reader.active(pool);
    }

    @Override
    public int idle(Object pool) {
      return reader.idle(pool);
    }

    @Override
    public int max(Object pool) {
      return reader.max(pool);
    }

    @Override
    public int waiting(Object pool) {
      return reader.waiting(pool);
    }

    @Override
    public boolean closed(Object pool) {
      return reader.closed(pool);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.PoolTable;
import io.sonde.agent.recording.PoolUse;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HikariInstrumentationTest {

  private static final long TIMEOUT_MILLIS = 250; // the least that Hikari takes

  private static final PoolTable.Reader READER =
      new PoolTable.Reader() {
        @Override
        public String name(Object pool) {
          return HikariPoolReader.name(pool);
        }

        @Override
        public int active(Object pool) {
          return HikariPoolReader.active(pool);
        }

        @Override
        public int idle(Object pool) {
          return HikariPoolReader.idle(pool);
        }

        @Override
        public int max(Object pool) {
          return HikariPoolReader.max(pool);
        }

        @Override
        public int waiting(Object pool) {
          return HikariPoolReader.waiting(pool);
        }
      };

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new HikariInstrumentation()).pools(kind -> READER);

  @Test
  void timesAnAcquire() throws Exception {
    try (HikariDataSource source = pool("orders");
        Connection connection = source.getConnection()) {
      assertThat(connection.isValid(1)).isTrue();

      PoolUse use = sonde.nextPoolUse();
      assertThat(use.pool()).isEqualTo("orders");
      assertThat(use.timedOut()).isFalse();
      assertThat(use.waitedNanos()).isPositive();
    }
  }

  @Test
  void countsTheTimeoutOfAnExhaustedPool() throws Exception {
    try (HikariDataSource source = pool("exhausted");
        Connection held = source.getConnection()) {
      assertThat(held).isNotNull();
      assertThatThrownBy(source::getConnection).isInstanceOf(SQLTransientConnectionException.class);

      assertThat(sonde.nextPoolUse().timedOut()).isFalse();
      PoolUse use = sonde.nextPoolUse();
      assertThat(use.timedOut()).isTrue();
      assertThat(use.waitedNanos())
          .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS * 9 / 10));
    }
  }

  @Test
  void readsAPoolWithoutBorrowing() throws Exception {
    try (HikariDataSource source = pool("shop");
        Connection held = source.getConnection()) {
      Object pool = source.getHikariPoolMXBean();
      Thread waits = new Thread(() -> assertThatThrownBy(source::getConnection));
      waits.start();
      SondeExtension.await("a thread waits", () -> HikariPoolReader.waiting(pool) == 1);

      assertThat(held).isNotNull();
      assertThat(HikariPoolReader.name(pool)).isEqualTo("shop");
      assertThat(HikariPoolReader.active(pool)).isEqualTo(1);
      assertThat(HikariPoolReader.idle(pool)).isZero();
      assertThat(HikariPoolReader.total(pool)).isEqualTo(1);
      assertThat(HikariPoolReader.max(pool)).isEqualTo(1);
      waits.join();
      assertThat(HikariPoolReader.waiting(pool)).isZero();
      sonde.nextPoolUse();
      sonde.nextPoolUse();
    }
  }

  @Test
  void seesTheLimitThatWasChangedMeanwhile() throws Exception {
    try (HikariDataSource source = pool("grown")) {
      source.getHikariConfigMXBean().setMaximumPoolSize(7);

      assertThat(HikariPoolReader.max(source.getHikariPoolMXBean())).isEqualTo(7);
    }
  }

  @Test
  void readsNothingFromAnotherObject() {
    Object noPool = new Object();

    assertThat(HikariPoolReader.name(noPool)).isEqualTo("hikari");
    assertThat(HikariPoolReader.active(noPool)).isEqualTo(-1);
    assertThat(HikariPoolReader.max(noPool)).isEqualTo(-1);
  }

  @Test
  void leavesOutAPoolThatFailsAtItsStart() {
    HikariConfig config = config("broken");
    config.setDataSource(
        source(
            () -> {
              throw new SQLException("no database");
            }));

    assertThatThrownBy(() -> new HikariDataSource(config))
        .isInstanceOf(HikariPool.PoolInitializationException.class);
    assertThat(sonde.pools().pools()).extracting(PoolTable.Pool::name).doesNotContain("broken");
  }

  private static HikariDataSource pool(String name) {
    HikariConfig config = config(name);
    config.setDataSource(source(HikariInstrumentationTest::connection));
    return new HikariDataSource(config);
  }

  private static HikariConfig config(String name) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(TIMEOUT_MILLIS);
    return config;
  }

  private interface Connecting {
    Connection connect() throws SQLException;
  }

  /** A database that only connects. */
  private static DataSource source(Connecting connecting) {
    return fake(
        DataSource.class, method -> method.equals("getConnection") ? connecting.connect() : null);
  }

  private static Connection connection() {
    return fake(
        Connection.class, method -> method.equals("isValid") || method.equals("getAutoCommit"));
  }

  private interface Answers {
    Object to(String method) throws SQLException;
  }

  private static <T> T fake(Class<T> type, Answers answers) {
    Object fake =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object answer = answers.to(method.getName());
              Class<?> returned = method.getReturnType();
              if (method.getName().equals("hashCode")) {
                return System.identityHashCode(proxy);
              }
              if (returned == int.class) {
                return 0;
              }
              return returned == boolean.class || !(answer instanceof Boolean) ? answer : null;
            });
    return type.cast(fake);
  }
}

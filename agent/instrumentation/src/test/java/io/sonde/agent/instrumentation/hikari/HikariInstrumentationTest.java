// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.sonde.agent.instrumentation.contract.PoolContract;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.PoolTable;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HikariInstrumentationTest extends PoolContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new HikariInstrumentation())
          .pools(reading(HikariInstrumentation.KIND, new HikariPoolReader()));

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String kind() {
    return HikariInstrumentation.KIND;
  }

  @Override
  protected String name() {
    return "orders";
  }

  @Override
  protected DataSource open(String jdbcUrl) {
    return new HikariDataSource(config(jdbcUrl, "orders"));
  }

  @Override
  protected void close(DataSource source) {
    ((HikariDataSource) source).close();
  }

  @Test
  void seesThePoolWithItsNameOnCreation() {
    assertThat(pool().name()).isEqualTo("orders");
  }

  @Test
  void seesTheLimitThatWasChangedMeanwhile() {
    PoolTable.Pool pool = pool();
    ((HikariPool) pool.target()).config.setMaximumPoolSize(7);

    assertThat(pool.reader().max(pool.target())).isEqualTo(7);
  }

  @Test
  void readsNothingFromAnotherObject() {
    HikariPoolReader reader = new HikariPoolReader();
    Object noPool = new Object();

    assertThat(reader.name(noPool)).isEqualTo("hikari");
    assertThat(reader.active(noPool)).isEqualTo(-1);
    assertThat(reader.max(noPool)).isEqualTo(-1);
    assertThat(reader.closed(noPool)).isFalse();
  }

  @Test
  void leavesOutAPoolThatFailsAtItsStart() {
    HikariConfig config = config("jdbc:h2:tcp://127.0.0.1:1/none", "broken");

    assertThatThrownBy(() -> new HikariDataSource(config))
        .isInstanceOf(HikariPool.PoolInitializationException.class);
    assertThat(sonde.pools().pools()).extracting(PoolTable.Pool::name).doesNotContain("broken");
  }

  private HikariConfig config(String jdbcUrl, String name) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(jdbcUrl);
    config.setMaximumPoolSize(MAX);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(timeoutMillis());
    return config;
  }
}

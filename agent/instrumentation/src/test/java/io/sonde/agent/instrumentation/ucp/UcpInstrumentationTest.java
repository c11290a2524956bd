// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.ucp;

import io.sonde.agent.instrumentation.contract.PoolContract;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import oracle.ucp.UniversalConnectionPoolException;
import oracle.ucp.admin.UniversalConnectionPoolManagerImpl;
import oracle.ucp.jdbc.PoolDataSource;
import oracle.ucp.jdbc.PoolDataSourceFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

class UcpInstrumentationTest extends PoolContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new UcpInstrumentation())
          .pools(reading(UcpInstrumentation.KIND, new UcpPoolReader()));

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String kind() {
    return UcpInstrumentation.KIND;
  }

  private static final AtomicInteger POOLS = new AtomicInteger();

  @Override
  protected String name() {
    return "orders-" + POOLS.get();
  }

  @Override
  protected long timeoutMillis() {
    return 1_000; // in seconds there
  }

  @Override
  protected DataSource open(String jdbcUrl) throws SQLException {
    PoolDataSource source = PoolDataSourceFactory.getPoolDataSource();
    source.setConnectionPoolName("orders-" + POOLS.incrementAndGet());
    source.setConnectionFactoryClassName("org.h2.jdbcx.JdbcDataSource");
    source.setURL(jdbcUrl);
    source.setUser("sa");
    source.setPassword("");
    source.setMaxPoolSize(MAX);
    source.setConnectionWaitTimeout((int) timeoutMillis() / 1_000);
    return source;
  }

  @Override
  protected void close(DataSource source) throws UniversalConnectionPoolException {
    UniversalConnectionPoolManagerImpl.getUniversalConnectionPoolManager()
        .destroyConnectionPool(((PoolDataSource) source).getConnectionPoolName());
  }
}

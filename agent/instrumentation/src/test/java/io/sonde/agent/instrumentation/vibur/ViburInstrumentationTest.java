// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.vibur;

import io.sonde.agent.instrumentation.contract.PoolContract;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.vibur.dbcp.ViburDBCPDataSource;

class ViburInstrumentationTest extends PoolContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new ViburInstrumentation())
          .pools(reading(ViburInstrumentation.KIND, new ViburPoolReader()));

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String kind() {
    return ViburInstrumentation.KIND;
  }

  @Override
  protected String name() {
    return "orders";
  }

  @Override
  protected DataSource open(String jdbcUrl) {
    ViburDBCPDataSource source = new ViburDBCPDataSource();
    source.setName("orders");
    source.setJdbcUrl(jdbcUrl);
    source.setUsername("sa");
    source.setPassword("");
    source.setPoolInitialSize(1);
    source.setPoolMaxSize(MAX);
    source.setConnectionTimeoutInMs(timeoutMillis());
    source.start();
    return source;
  }

  @Override
  protected void close(DataSource source) {
    ((ViburDBCPDataSource) source).terminate();
  }
}

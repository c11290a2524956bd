// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.dbcp2;

import io.sonde.agent.instrumentation.contract.PoolContract;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.extension.RegisterExtension;

class Dbcp2InstrumentationTest extends PoolContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new Dbcp2Instrumentation())
          .pools(reading(Dbcp2Instrumentation.KIND, new Dbcp2PoolReader()));

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String kind() {
    return Dbcp2Instrumentation.KIND;
  }

  @Override
  protected DataSource open(String jdbcUrl) {
    BasicDataSource source = new BasicDataSource();
    source.setUrl(jdbcUrl);
    source.setMaxTotal(MAX);
    source.setMaxWaitMillis(timeoutMillis());
    return source;
  }

  @Override
  protected void close(DataSource source) throws SQLException {
    ((BasicDataSource) source).close();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.tomcatjdbc;

import io.sonde.agent.instrumentation.contract.PoolContract;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.junit.jupiter.api.extension.RegisterExtension;

class TomcatJdbcInstrumentationTest extends PoolContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new TomcatJdbcInstrumentation())
          .pools(reading(TomcatJdbcInstrumentation.KIND, new TomcatJdbcPoolReader()));

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String kind() {
    return TomcatJdbcInstrumentation.KIND;
  }

  @Override
  protected DataSource open(String jdbcUrl) {
    PoolProperties properties = new PoolProperties();
    properties.setUrl(jdbcUrl);
    properties.setDriverClassName("org.h2.Driver");
    properties.setInitialSize(1);
    properties.setMaxActive(MAX);
    properties.setMaxWait((int) timeoutMillis());
    return new org.apache.tomcat.jdbc.pool.DataSource(properties);
  }

  @Override
  protected void close(DataSource source) {
    ((org.apache.tomcat.jdbc.pool.DataSource) source).close();
  }
}

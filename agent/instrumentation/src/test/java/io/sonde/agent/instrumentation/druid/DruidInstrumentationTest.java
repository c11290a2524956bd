// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.druid;

import com.alibaba.druid.pool.DruidDataSource;
import io.sonde.agent.instrumentation.contract.PoolContract;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;

class DruidInstrumentationTest extends PoolContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new DruidInstrumentation())
          .pools(reading(DruidInstrumentation.KIND, new DruidPoolReader()));

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String kind() {
    return DruidInstrumentation.KIND;
  }

  @Override
  protected DataSource open(String jdbcUrl) {
    DruidDataSource source = new DruidDataSource();
    source.setUrl(jdbcUrl);
    source.setMaxActive(MAX);
    source.setMaxWait(timeoutMillis());
    return source;
  }

  @Override
  protected void close(DataSource source) {
    ((DruidDataSource) source).close();
  }
}

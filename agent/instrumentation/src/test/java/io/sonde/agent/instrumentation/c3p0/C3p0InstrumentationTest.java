// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.c3p0;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import io.sonde.agent.instrumentation.contract.PoolContract;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;

class C3p0InstrumentationTest extends PoolContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new C3p0Instrumentation())
          .pools(reading(C3p0Instrumentation.KIND, new C3p0PoolReader()));

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String kind() {
    return C3p0Instrumentation.KIND;
  }

  @Override
  protected DataSource open(String jdbcUrl) {
    ComboPooledDataSource source = new ComboPooledDataSource();
    source.setJdbcUrl(jdbcUrl);
    source.setInitialPoolSize(1);
    source.setMinPoolSize(1);
    source.setMaxPoolSize(MAX);
    source.setCheckoutTimeout((int) timeoutMillis());
    return source;
  }

  @Override
  protected void close(DataSource source) {
    ((ComboPooledDataSource) source).close();
  }
}

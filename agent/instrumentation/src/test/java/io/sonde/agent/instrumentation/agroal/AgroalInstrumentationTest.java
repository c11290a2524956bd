// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.agroal;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.sonde.agent.instrumentation.contract.PoolContract;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;

class AgroalInstrumentationTest extends PoolContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new AgroalInstrumentation())
          .pools(reading(AgroalInstrumentation.KIND, new AgroalPoolReader()));

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String kind() {
    return AgroalInstrumentation.KIND;
  }

  @Override
  protected DataSource open(String jdbcUrl) throws SQLException {
    AgroalDataSourceConfigurationSupplier configuration =
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(MAX)
                        .acquisitionTimeout(Duration.ofMillis(timeoutMillis()))
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(jdbcUrl)));
    return AgroalDataSource.from(configuration);
  }

  @Override
  protected void close(DataSource source) {
    ((AgroalDataSource) source).close();
  }
}

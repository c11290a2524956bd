// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.time.Duration;

/** Agroal: its pools have no names. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    AgroalDataSource source =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                    pool ->
                        pool.maxSize(PoolFront.MAX)
                            .acquisitionTimeout(Duration.ofMillis(PoolFront.WAIT_MILLIS))
                            .connectionFactoryConfiguration(
                                factory -> factory.jdbcUrl(PoolFront.URL))));
    PoolFront.serve(source);
  }
}

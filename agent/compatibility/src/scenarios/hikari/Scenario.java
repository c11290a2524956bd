// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** HikariCP. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setPoolName("orders");
    config.setJdbcUrl(PoolFront.URL);
    config.setMaximumPoolSize(PoolFront.MAX);
    config.setConnectionTimeout(PoolFront.WAIT_MILLIS);
    HikariDataSource source = new HikariDataSource(config);
    PoolFront.serve(source);
  }
}

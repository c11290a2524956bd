// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import oracle.ucp.jdbc.PoolDataSource;
import oracle.ucp.jdbc.PoolDataSourceFactory;

/** Oracle Universal Connection Pool. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    PoolDataSource source = PoolDataSourceFactory.getPoolDataSource();
    source.setConnectionPoolName("orders");
    source.setConnectionFactoryClassName(PoolFront.DRIVER);
    source.setURL(PoolFront.URL);
    source.setUser("");
    source.setPassword("");
    source.setMaxPoolSize(PoolFront.MAX);
    source.setConnectionWaitTimeout(PoolFront.WAIT_MILLIS / 1_000);
    PoolFront.serve(source);
  }
}

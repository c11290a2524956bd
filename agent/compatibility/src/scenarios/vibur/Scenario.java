// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import org.vibur.dbcp.ViburDBCPDataSource;

/** Vibur DBCP. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    ViburDBCPDataSource source = new ViburDBCPDataSource();
    source.setName("orders");
    source.setJdbcUrl(PoolFront.URL);
    source.setUsername("");
    source.setPassword("");
    source.setPoolInitialSize(1);
    source.setPoolMaxSize(PoolFront.MAX);
    source.setConnectionTimeoutInMs(PoolFront.WAIT_MILLIS);
    source.start();
    PoolFront.serve(source);
  }
}

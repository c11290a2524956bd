// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import com.mchange.v2.c3p0.ComboPooledDataSource;

/** c3p0. */
public final class Scenario {

  /** Kept: the JDK holds loggers weakly. */
  private static final java.util.logging.Logger C3P0 =
      java.util.logging.Logger.getLogger("com.mchange");

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    C3P0.setLevel(java.util.logging.Level.OFF);
    ComboPooledDataSource source = new ComboPooledDataSource();
    source.setDataSourceName("orders");
    source.setJdbcUrl(PoolFront.URL);
    source.setInitialPoolSize(1);
    source.setMinPoolSize(1);
    source.setMaxPoolSize(PoolFront.MAX);
    source.setAcquireIncrement(1);
    source.setCheckoutTimeout(PoolFront.WAIT_MILLIS);
    PoolFront.serve(source);
  }
}

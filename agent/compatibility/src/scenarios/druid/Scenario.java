// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import com.alibaba.druid.pool.DruidDataSource;

/** Alibaba Druid. */
public final class Scenario {

  /** Kept: the JDK holds loggers weakly. */
  private static final java.util.logging.Logger DRUID =
      java.util.logging.Logger.getLogger("com.alibaba");

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    DRUID.setLevel(java.util.logging.Level.OFF);
    DruidDataSource source = new DruidDataSource();
    source.setName("orders");
    source.setUrl(PoolFront.URL);
    source.setMaxActive(PoolFront.MAX);
    source.setMaxWait(PoolFront.WAIT_MILLIS);
    PoolFront.serve(source);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/** Tomcat's JDBC pool. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    PoolProperties properties = new PoolProperties();
    properties.setName("orders");
    properties.setUrl(PoolFront.URL);
    properties.setDriverClassName(PoolFront.DRIVER);
    properties.setInitialSize(1);
    properties.setMinIdle(1); // the default is more than two, which it would complain of
    properties.setMaxIdle(PoolFront.MAX);
    properties.setMaxActive(PoolFront.MAX);
    properties.setMaxWait(PoolFront.WAIT_MILLIS);
    DataSource source = new DataSource(properties);
    PoolFront.serve(source);
  }
}

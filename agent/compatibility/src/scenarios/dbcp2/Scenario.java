// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import org.apache.commons.dbcp2.BasicDataSource;

/** Apache DBCP 2: its pools have no names. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    BasicDataSource source = new BasicDataSource();
    source.setUrl(PoolFront.URL);
    source.setMaxTotal(PoolFront.MAX);
    source.setMaxWaitMillis(PoolFront.WAIT_MILLIS);
    PoolFront.serve(source);
  }
}

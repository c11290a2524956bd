// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A pool of two connections to an H2 in memory, whose callers wait two seconds. */
final class PoolFront {

  static final String URL = "jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1";
  static final String DRIVER = "org.h2.Driver";
  static final int MAX = 2;
  static final int WAIT_MILLIS = 2_000;

  private PoolFront() {}

  /** {@code /query}; {@code /hold?MILLIS} keeps a connection for so long. */
  static void serve(DataSource pool) throws IOException {
    new Front()
        .on("/query", query -> hold(pool, 0))
        .on("/hold", millis -> hold(pool, Long.parseLong(millis)))
        .start();
  }

  private static String hold(DataSource pool, long millis)
      throws SQLException, InterruptedException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select 1");
      Thread.sleep(millis);
      return "done";
    }
  }
}

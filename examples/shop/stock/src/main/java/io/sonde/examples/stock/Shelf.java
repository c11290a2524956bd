// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.stock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/** How many of each thing are left, in SQL. */
final class Shelf {

  private final DataSource pool;

  Shelf(DataSource pool) {
    this.pool = pool;
  }

  void fill() {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table stock (sku varchar primary key, quantity int)");
      statement.execute(
          "insert into stock values ('anvil', 3), ('barometer', 12), ('compass', 40),"
              + " ('dynamo', 7)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  OptionalInt left(String sku) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select quantity from stock where sku = ?")) {
      query.setString(1, sku);
      asSlowAsOverTheNetwork();
      ResultSet rows = query.executeQuery();
      return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
    }
  }

  /** H2 answers from memory: without this the pool would look idle. 2 to 20 ms. */
  private static void asSlowAsOverTheNetwork() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(2, 20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

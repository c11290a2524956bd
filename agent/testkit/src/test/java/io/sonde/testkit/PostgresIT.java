// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PostgresIT {

  @Test
  void goesAwayAndComesBackWithItsData() throws SQLException {
    try (Postgres postgres = Postgres.start()) {
      execute(postgres, "create table seen(n int)");
      execute(postgres, "insert into seen values (42)");

      postgres.stop();
      assertThatThrownBy(() -> execute(postgres, "select 1")).isInstanceOf(SQLException.class);

      postgres.restart();
      try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select n from seen")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(42);
      }
    }
  }

  private static void execute(Postgres postgres, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;

/**
 * A service with a database behind a pool of two connections. {@code PoolService JDBC_URL} says
 * {@code listening on PORT}; {@code /query?SECONDS} keeps a connection for so long.
 */
public final class PoolService {

  private PoolService() {}

  public static void main(String[] args) throws IOException {
    HikariConfig config = new HikariConfig();
    config.setPoolName("orders-db");
    config.setJdbcUrl(args[0]);
    config.setMaximumPoolSize(2);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(500);
    HikariDataSource pool = new HikariDataSource(config);
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 200);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/query", exchange -> query(pool, exchange));
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }

  private static void query(HikariDataSource pool, HttpExchange exchange) throws IOException {
    String seconds = exchange.getRequestURI().getQuery();
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_sleep(" + Double.parseDouble(seconds) + ")");
      answer(exchange, 200, "done");
    } catch (SQLException e) {
      answer(exchange, 503, e.getMessage());
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
